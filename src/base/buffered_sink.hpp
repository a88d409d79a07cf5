// Long output in pieces: neither held as a whole nor written word by word.
#pragma once
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace cm {

using TextSink = std::function<void(std::string_view)>;

/// Gathers text and hands it on whenever there is enough of it, and at the end.
class BufferedSink {
  public:
    explicit BufferedSink(TextSink const& sink) : sink_(sink) {}

    ~BufferedSink() { sink_(text_); }

    BufferedSink(BufferedSink const&) = delete;
    BufferedSink& operator=(BufferedSink const&) = delete;

    BufferedSink& operator+=(std::string_view text) {
        constexpr std::size_t enough = 64 * 1024;
        text_ += text;
        if (text_.size() >= enough) {
            sink_(text_);
            text_.clear();
        }
        return *this;
    }

  private:
    TextSink const& sink_;
    std::string text_{};
};

}  // namespace cm
