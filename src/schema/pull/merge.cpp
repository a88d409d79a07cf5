// See merge.hpp.
#include "schema/pull/merge.hpp"

#include <algorithm>

#include "schema/pull/block_text.hpp"
#include "schema/pull/edits.hpp"
#include "schema/pull/model_merge.hpp"

namespace cm::schema {
namespace {

dsl::Block const* block_at(dsl::Document const& document, Span span) {
    for (auto const& block : document.blocks) {
        if (block.span == span) return &block;
    }
    return nullptr;
}

class Merger {
  public:
    Merger(Draft const& draft, Schema const& actual, ParsedSchema const& written,
           DraftOptions const& options, bool views_are_read)
        : draft_(draft),
          actual_(actual),
          written_(written),
          declared_keys_(written.declared),
          actual_keys_(actual),
          options_(options),
          views_are_read_(views_are_read),
          edits_(written.sources) {}

    Merged run() {
        merge_models();
        merge_enums();
        Merged merged{};
        add_new_blocks(merged);
        for (auto const file : written_.files) merged.texts.push_back(edits_.text(file));
        return merged;
    }

  private:
    void merge_models() {
        std::vector<ModelDraft const*> drafts(written_.model.models.size());
        for (auto const& model : draft_.models) {
            if (model.existing) drafts[*model.existing] = &model;
        }
        for (std::size_t i = 0; i < drafts.size(); ++i) {
            auto const& declared = written_.model.models[i];
            if (drafts[i] == nullptr) {
                if (!declared.is_view || views_are_read_) edits_.remove_lines(declared.span);
            } else if (auto const* const block = block_at(written_.document, declared.span)) {
                merge_model(*drafts[i], *block, actual_, {declared_keys_, actual_keys_}, written_,
                            options_, edits_);
            }
        }
    }

    void merge_enums() {
        std::vector<EnumDraft const*> drafts(written_.model.enums.size());
        for (auto const& type : draft_.enums) {
            if (type.existing) drafts[*type.existing] = &type;
        }
        for (std::size_t i = 0; i < drafts.size(); ++i) {
            auto const& declared = written_.model.enums[i];
            if (drafts[i] == nullptr) {
                edits_.remove_lines(declared.span);
            } else if (auto const* const block = block_at(written_.document, declared.span)) {
                merge_enum(*drafts[i], declared, *block);
            }
        }
    }

    void merge_enum(EnumDraft const& draft, dsl::Enum const& declared, dsl::Block const& block) {
        auto const has = [&](std::string const& value) {
            return std::any_of(draft.values.begin(), draft.values.end(),
                               [&](EnumValueDraft const& it) { return it.value == value; });
        };
        for (auto const& member : declared.values) {
            if (!has(member.database_name)) edits_.remove_lines(member.span);
        }
        auto behind = header_of(block);
        for (auto const& value : draft.values) {
            auto const member =
                std::find_if(declared.values.begin(), declared.values.end(),
                             [&](auto const& it) { return it.database_name == value.value; });
            if (member == declared.values.end()) {
                edits_.add_line_behind(behind, line_of(value));
            } else {
                behind = member->span;
            }
        }
    }

    static Span header_of(dsl::Block const& block) { return block.name.span; }

    /// New blocks stand behind the last of their sort, enums else at the end.
    void add_new_blocks(Merged& merged) {
        std::string models{}, enums{};
        for (auto const& model : draft_.models) {
            if (!model.existing && !model.is_view) models += "\n" + block_text(model);
        }
        for (auto const& model : draft_.models) {
            if (!model.existing && model.is_view) models += "\n" + block_text(model);
        }
        for (auto const& type : draft_.enums) {
            if (!type.existing) enums += "\n" + block_text(type);
        }
        if (written_.files.size() != 1) {
            merged.new_blocks = models + enums;
            return;
        }
        place(models, {"model", "view"});
        place(enums, {"enum"});
    }

    void place(std::string const& text, std::vector<std::string_view> const& keywords) {
        if (text.empty()) return;
        dsl::Block const* last{};
        for (auto const& block : written_.document.blocks) {
            if (std::find(keywords.begin(), keywords.end(), block.keyword.text) != keywords.end()) {
                last = &block;
            }
        }
        if (last != nullptr) {
            edits_.add_line_behind(last->span, text);
        } else {
            edits_.append(written_.files.front(), text);
        }
    }

    Draft const& draft_;
    Schema const& actual_;
    ParsedSchema const& written_;
    TableKeys declared_keys_;
    TableKeys actual_keys_;
    DraftOptions const& options_;
    bool views_are_read_{};
    Edits edits_;
};

}  // namespace

Merged merge(Draft const& draft, Schema const& actual, ParsedSchema const& written,
             DraftOptions const& options, bool views_are_read) {
    return Merger(draft, actual, written, options, views_are_read).run();
}

}  // namespace cm::schema
