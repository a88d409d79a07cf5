// The program's own operator new, which is linked into this test program, too.
#include <gtest/gtest.h>

#include <cstring>
#include <set>
#include <thread>
#include <vector>

namespace cm {

namespace {

TEST(Memory, gives_blocks_of_every_size_that_are_aligned_and_apart) {
    std::vector<std::pair<unsigned char*, std::size_t>> blocks{};
    for (std::size_t size = 0; size <= 2000; ++size) {
        auto* const block = static_cast<unsigned char*>(::operator new(size));
        EXPECT_EQ(reinterpret_cast<std::uintptr_t>(block) % alignof(std::max_align_t), 0U);
        std::memset(block, static_cast<int>(size % 251), size);
        blocks.emplace_back(block, size);
    }
    for (auto const& [block, size] : blocks) {
        for (std::size_t i = 0; i < size; ++i) ASSERT_EQ(block[i], size % 251) << size;
        ::operator delete(block);
    }
}

TEST(Memory, what_came_back_is_handed_out_again) {
    std::set<void*> first{};
    std::vector<void*> blocks(100'000);
    for (auto& block : blocks) first.insert(block = ::operator new(40));
    for (auto* const block : blocks) ::operator delete (block, std::size_t{40});
    for (auto& block : blocks) EXPECT_EQ(first.count(block = ::operator new(48)), 1U);
    for (auto* const block : blocks) ::operator delete(block);
}

TEST(Memory, may_be_given_back_by_another_thread) {
    auto const fill = [](std::vector<std::string>& texts) {
        for (int i = 0; i < 20'000; ++i) texts.push_back(std::string(100, static_cast<char>(i)));
    };
    std::vector<std::string> here{};
    std::vector<std::string> there{};
    std::thread other([&] { fill(there); });
    fill(here);
    other.join();
    EXPECT_EQ(here, there);
    std::thread([&] { here.clear(); }).join();
    there.clear();
}

}  // namespace

}  // namespace cm
