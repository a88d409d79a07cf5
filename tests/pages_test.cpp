// README.md and docs/**.md: what a page tells its reader to type is typed, and must print what the
// page shows (support/page.hpp). CM_UPDATE=1 rewrites what the pages show.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "places.hpp"
#include "support/case_file.hpp"
#include "support/golden.hpp"
#include "support/normalize.hpp"
#include "support/page.hpp"
#include "support/source_tree.hpp"
#include "support/workplace.hpp"

namespace cm::test {

namespace {

using Page = std::vector<PagePart>;

constexpr auto const* shown_place = "@localhost:5432/app";

/// `docs/reference/commands.md` as a name that GoogleTest accepts; tests/CMakeLists.txt does the
/// same.
std::string name_of_page(testing::TestParamInfo<std::string> const& info) {
    return test_name(info.param.substr(0, info.param.size() - std::string_view(".md").size()));
}

Page read_page(std::string const& file) {
    return parse_page(read_text(places::source / file));
}

bool has_commands(std::string const& file) {
    auto const page = read_page(file);
    return std::any_of(page.begin(), page.end(),
                       [](PagePart const& part) { return part.kind == PagePartKind::console; });
}

std::vector<std::string> pages_with_commands() {
    auto pages = documentation_pages();
    std::erase_if(pages, [](std::string const& page) { return !has_commands(page); });
    return pages;
}

CaseFile setup_of(PagePart const& part) {
    return part.kind == PagePartKind::setup ? parse_case(part.text) : CaseFile{};
}

Wishes wishes_of(Page const& page) {
    std::string environment = "no-neighbours\n";
    for (auto const& part : page) {
        auto const setup = setup_of(part);
        if (setup.has("environment")) environment += setup.text("environment");
    }
    return parse_wishes(environment);
}

std::vector<TranscriptCommand> all_commands(Page const& page) {
    std::vector<TranscriptCommand> all{};
    for (auto const& part : page) {
        if (part.kind != PagePartKind::console) continue;
        auto const commands = commands_of(part);
        all.insert(all.end(), commands.begin(), commands.end());
    }
    return all;
}

/// Follows a page at one workplace.
class Reader {
  public:
    explicit Reader(Wishes const& wishes) : workplace_(wishes) {}

    void follow(PagePart& part) {
        if (part.kind == PagePartKind::file) {
            workplace_.add({attribute(part, "title"), with_true_names(part.text)});
        } else if (part.kind == PagePartKind::setup) {
            set_up(setup_of(part));
        } else if (part.kind == PagePartKind::console) {
            follow_console(part);
        }
    }

  private:
    void set_up(CaseFile const& setup) const {
        for (auto const& section : setup.sections) {
            if (section.name == "run") {
                auto const output = type(parse_transcript(section.text));
                EXPECT_EQ(output.find("[exit "), std::string::npos) << output;
            } else if (section.name != "environment") {
                workplace_.add({section.name, with_true_names(section.text)});
            }
        }
    }

    std::string type(std::vector<TranscriptCommand> commands) const {
        for (auto& command : commands) command.text = with_true_names(std::move(command.text));
        auto const transcript =
            perform(commands, workplace_.shell(), [](auto text) { return text; });
        return replaced(transcript, workplace_.places({.project = "~/project",
                                                       .home = "~",
                                                       .temporary = "/tmp",
                                                       .database = "app",
                                                       .server = "localhost:5432"}));
    }

    /// A page may name its database, in a URL or in SQL; others on that server begin with the same
    /// name.
    std::string with_true_names(std::string text) const {
        auto const url = workplace_.database_url();
        if (url.empty()) return text;
        auto const at = url.rfind('@');
        return replaced(std::move(text),
                        {{fmt::format("//app{}", shown_place), url.substr(url.find("//"))},
                         {shown_place, url.substr(at)},
                         {"DATABASE app", "DATABASE " + url.substr(url.rfind('/') + 1)}});
    }

    /// What differs from run to run is compared by its kind; the page keeps what it shows as long
    /// as only that has changed.
    void follow_console(PagePart& part) const {
        auto actual = as_shown(type(commands_of(part)));
        auto const expected = normalize(part.text, {});
        if (expected == normalize(actual, {})) return;
        if (is_updating()) {
            part.text = std::move(actual);
        } else {
            EXPECT_TRUE(same_text(expected, normalize(actual, {})))
                << "CM_UPDATE=1 rewrites the page";
        }
    }

    Workplace workplace_;
};

class Pages : public testing::TestWithParam<std::string> {};

TEST_P(Pages, is_true) {
    auto page = read_page(GetParam());
    auto const wishes = wishes_of(page);
    if (wishes.wants_server) CM_NEEDS_SERVER();
    if (auto const reason = what_is_missing(wishes, all_commands(page))) GTEST_SKIP() << *reason;
    {
        Reader reader{wishes};
        for (auto& part : page) reader.follow(part);
    }
    if (is_updating()) write_text(places::source / GetParam(), to_text(page));
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Pages);
INSTANTIATE_TEST_SUITE_P(docs, Pages, testing::ValuesIn(pages_with_commands()), name_of_page);

TEST(PagesThatAreFollowed, are_written_back_as_they_are) {
    for (auto const& file : documentation_pages()) {
        EXPECT_TRUE(same_text(read_text(places::source / file), to_text(read_page(file)))) << file;
    }
}

}  // namespace

}  // namespace cm::test
