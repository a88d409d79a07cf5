// jsonb's idea of equality. Numbers are kept as they are written: they may be larger and more
// precise than any of ours.
#include <map>
#include <nlohmann/json.hpp>

#include "sql/literal.hpp"

namespace cm::sql {
namespace {

using Json = nlohmann::json;

/// Writes the canonical text while the parser goes on; nothing recurses.
class Writer : public nlohmann::json_sax<Json> {
  public:
    std::string take() { return std::move(result_); }

    bool null() override { return add("null"); }

    bool boolean(bool value) override { return add(value ? "true" : "false"); }

    bool number_integer(number_integer_t value) override { return add(std::to_string(value)); }

    bool number_unsigned(number_unsigned_t value) override { return add(std::to_string(value)); }

    bool number_float(number_float_t /*value*/, string_t const& written) override {
        auto const spelled = spelled_number(written);
        return spelled && add(*spelled);
    }

    bool string(string_t& value) override { return add(quoted(value)); }

    bool binary(binary_t& /*value*/) override { return false; }

    bool start_object(std::size_t /*size*/) override { return open(true); }

    bool key(string_t& name) override {
        levels_.back().key = quoted(name);
        return true;
    }

    bool end_object() override {
        std::string text{};
        for (auto const& [name, value] : levels_.back().members) {
            text += (text.empty() ? "" : ",") + name + ":" + value;
        }
        return close("{" + text + "}");
    }

    bool start_array(std::size_t /*size*/) override { return open(false); }

    bool end_array() override { return close("[" + levels_.back().items + "]"); }

    bool parse_error(std::size_t /*at*/, std::string const& /*token*/,
                     nlohmann::detail::exception const& /*error*/) override {
        return false;
    }

  private:
    /// An object or an array that is not closed yet. Of two equal keys the last one counts.
    struct Level {
        bool is_object{};
        std::string key{};
        std::map<std::string, std::string> members{};
        std::string items{};
    };

    static std::string quoted(std::string const& text) {
        return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
    }

    bool open(bool is_object) {
        constexpr std::size_t deepest = 1000;
        levels_.push_back({is_object, {}, {}, {}});
        return levels_.size() <= deepest;
    }

    bool close(std::string text) {
        levels_.pop_back();
        return add(std::move(text));
    }

    bool add(std::string value) {
        if (levels_.empty()) {
            result_ = std::move(value);
        } else if (auto& level = levels_.back(); level.is_object) {
            level.members[level.key] = std::move(value);
        } else {
            level.items += (level.items.empty() ? "" : ",") + value;
        }
        return true;
    }

    std::vector<Level> levels_{};
    std::string result_{};
};

}  // namespace

std::optional<std::string> canonical_json(std::string_view text) {
    Writer writer{};
    if (!Json::sax_parse(text, &writer)) return {};
    return writer.take();
}

}  // namespace cm::sql
