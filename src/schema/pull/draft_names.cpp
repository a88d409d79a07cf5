// See draft_names.hpp.
#include "schema/pull/draft_names.hpp"

#include <fmt/format.h>

#include "dsl/check/reserved_names.hpp"

namespace cm::schema {
namespace {

struct Candidate {
    sql::QualifiedName source{};
    std::string name{};
    std::string fallback{};  ///< if another wants the same name
    bool is_enum{};
};

std::string legible(std::string const& wanted, std::string_view source, std::string_view kind) {
    if (!wanted.empty()) return wanted;
    auto const padded = fmt::format("{}_{}", kind, source);
    return identifier_of(padded);
}

std::string prefixed(sql::QualifiedName const& source) {
    return identifier_of(fmt::format("{}_{}", source.schema, source.name));
}

class Allotment {
  public:
    Allotment(ExistingSchema const& existing, dsl::Naming const& naming)
        : existing_(existing), naming_(naming) {}

    BlockNames run(std::vector<object::Table const*> const& tables,
                   Objects<object::Enum> const& enums) {
        for (auto const* const table : tables) {
            if (auto const model = existing_.model_of(table->name)) {
                keep(table->name, existing_.data_model().models[*model].name, names_.models);
            }
        }
        for (auto const& [type, object] : enums) {
            if (auto const found = existing_.enum_of(type)) {
                keep(type, existing_.data_model().enums[*found].name, names_.enums);
            }
        }
        for (auto const* const table : tables) propose(*table);
        for (auto const& [type, object] : enums) propose(type);
        allot();
        return std::move(names_);
    }

  private:
    void keep(sql::QualifiedName const& source, std::string const& name,
              std::map<sql::QualifiedName, std::string>& names) {
        names.emplace(source, name);
        taken_.reserve(name);
        ++wanted_[name];
    }

    void propose(object::Table const& table) {
        if (names_.models.count(table.name) != 0) return;
        auto name = legible(model_name(table.name.name, naming_), table.name.name, "model");
        ++wanted_[name];
        candidates_.push_back({table.name, std::move(name), prefixed(table.name), false});
    }

    void propose(sql::QualifiedName const& type) {
        if (names_.enums.count(type) != 0) return;
        auto name = legible(enum_block_name(type.name, naming_), type.name, "enum");
        ++wanted_[name];
        candidates_.push_back({type, std::move(name), prefixed(type), true});
    }

    void allot() {
        for (auto const& candidate : candidates_) {
            auto name = wanted_[candidate.name] > 1 ? candidate.fallback : candidate.name;
            if (is_reserved(name)) name = fmt::format("Renamed{}", name);
            auto& names = candidate.is_enum ? names_.enums : names_.models;
            names.emplace(candidate.source, taken_.claim(name));
        }
    }

    ExistingSchema const& existing_;
    dsl::Naming const& naming_;
    BlockNames names_{};
    NameSet taken_{};
    std::map<std::string, int> wanted_{};
    std::vector<Candidate> candidates_{};
};

dsl::EnumMember const* known_value(dsl::Enum const* existing, std::string const& value) {
    if (existing == nullptr) return nullptr;
    for (auto const& member : existing->values) {
        if (member.database_name == value) return &member;
    }
    return nullptr;
}

}  // namespace

bool is_reserved(std::string const& name) {
    return dsl::is_reserved_block_name(name);
}

BlockNames block_names(std::vector<object::Table const*> const& tables,
                       Objects<object::Enum> const& enums, ExistingSchema const& existing,
                       dsl::Naming const& naming) {
    return Allotment(existing, naming).run(tables, enums);
}

std::vector<EnumValueDraft> value_names(object::Enum const& type, dsl::Enum const* existing) {
    std::vector<EnumValueDraft> drafts{};
    NameSet taken{};
    for (auto const& value : type.values) {
        auto const* const member = known_value(existing, value);
        if (member != nullptr) taken.reserve(member->name);
    }
    for (auto const& value : type.values) {
        auto const* const member = known_value(existing, value);
        if (member != nullptr) {
            drafts.push_back({value, member->name});
            continue;
        }
        auto const name =
            value.empty() ? "EMPTY_ENUM_VALUE" : legible(identifier_of(value), value, "value");
        drafts.push_back({value, taken.claim(name)});
    }
    return drafts;
}

}  // namespace cm::schema
