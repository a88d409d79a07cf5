// `@id`, `@unique`, `@@id`, `@@unique`, `@@index`: to one sort of value, with names.
#include "base/text.hpp"
#include "dsl/native_types.hpp"
#include "dsl/operator_classes.hpp"
#include "dsl/other_databases.hpp"
#include "dsl/resolve/index_predicates.hpp"
#include "dsl/resolve/resolution.hpp"
#include "dsl/stage.hpp"

namespace cm::dsl {

namespace {

struct Method {
    std::string_view name{};  ///< in the schema
    std::string_view method{};
};

constexpr Method methods[] = {{"BTree", "btree"}, {"Hash", "hash"},     {"Gist", "gist"},
                              {"Gin", "gin"},     {"SpGist", "spgist"}, {"Brin", "brin"}};

class IndexReader {
  public:
    IndexReader(Resolution& resolution, std::size_t model)
        : resolution_(resolution), index_(model), model_(resolution.model.models[model]) {}

    void run() {
        auto const& source = resolution_.models[index_];
        report_second_primary_key(source);
        model_.indexes.reserve(count(source));
        for (std::size_t i = 0; i < source.fields.size(); ++i) {
            for (auto const& attribute : source.fields[i].attributes.all) {
                if (attribute.name == "@id") field_index(IndexKind::primary_key, i, attribute);
                if (attribute.name == "@unique") field_index(IndexKind::unique, i, attribute);
            }
        }
        for (auto const& attribute : source.attributes.all) {
            if (attribute.name == "@@id") block_index(IndexKind::primary_key, attribute);
            if (attribute.name == "@@unique") block_index(IndexKind::unique, attribute);
            if (attribute.name == "@@index") block_index(IndexKind::normal, attribute);
            auto const is_foreign =
                attribute.name == "@@fulltext" || attribute.name == "@@shardKey";
            if (is_foreign) resolve_field_list(resolution_, index_, *attribute.find("fields"));
        }
        auto const key =
            std::find_if(model_.indexes.begin(), model_.indexes.end(),
                         [](Index const& index) { return index.kind == IndexKind::primary_key; });
        if (key != model_.indexes.end()) std::rotate(model_.indexes.begin(), key, key + 1);
    }

  private:
    static std::size_t count(ModelSource const& source) {
        auto const is_index = [](BoundAttribute const& attribute) {
            return attribute.name == "@id" || attribute.name == "@unique";
        };
        auto count = source.attributes.all.size();
        for (auto const& field : source.fields) {
            auto const& all = field.attributes.all;
            count += static_cast<std::size_t>(std::count_if(all.begin(), all.end(), is_index));
        }
        return count;
    }

    void field_index(IndexKind kind, std::size_t field, BoundAttribute const& attribute) {
        IndexField indexed{field, SortOrder::ascending, {}, attribute.span()};
        if (auto const* const sort = attribute.find("sort")) {
            indexed.has_arguments = true;
            if (!read_sort(*sort, indexed)) return fail();
        }
        finish(kind, {indexed}, attribute);
    }

    void block_index(IndexKind kind, BoundAttribute const& attribute) {
        auto const listed = resolve_field_list(resolution_, index_, *attribute.find("fields"));
        if (!listed) return fail();
        std::vector<IndexField> fields{};
        for (auto const& item : *listed) {
            IndexField indexed{item.field, SortOrder::ascending, {}, item.span};
            indexed.has_arguments = item.arguments != nullptr && !item.arguments->empty();
            if (item.arguments != nullptr &&
                !read_field_arguments(kind, *item.arguments, indexed)) {
                return fail();
            }
            fields.push_back(std::move(indexed));
        }
        finish(kind, std::move(fields), attribute);
    }

    void fail() { model_.is_incomplete = true; }

    void finish(IndexKind kind, std::vector<IndexField> fields, BoundAttribute const& attribute) {
        Index index{};
        index.kind = kind;
        index.fields = std::move(fields);
        index.span = attribute.span();
        if (auto const* const type = attribute.find("type")) {
            if (!read_method(*type, index)) return fail();
        }
        if (auto const* const where = attribute.find("where")) {
            auto predicate = read_predicate(*where, model_, resolution_.diagnostics);
            if (!predicate) return fail();
            index.predicate = std::move(*predicate);
            index.predicate_span = where->span;
        }
        name(index, attribute);
        if (kind == IndexKind::primary_key && has_primary_key()) return;
        model_.indexes.push_back(std::move(index));
    }

    /// Also of attributes whose other arguments are wrong. What stands twice in one place is
    /// another mistake.
    void report_second_primary_key(ModelSource const& source) {
        std::vector<Span> keys{};
        for (auto const& declaration : source.block->fields) {
            auto const* const key = only_key(declaration.attributes);
            if (key != nullptr && has_column(declaration.type)) keys.push_back(key->span);
        }
        auto const* const key = only_key(source.block->attributes);
        if (key != nullptr && lists_columns(*key)) keys.push_back(key->span);
        if (keys.size() < 2) return;
        resolution_.diagnostics
            .error("CM0219", model_.name_span, "`{}` has more than one primary key", model_.name)
            .label(keys[0], "the first one")
            .label(keys[1], "another one")
            .help("a key of several fields is written `@@id([a, b])`; other keys are `@unique`");
    }

    /// The `id` among them, if there is one and no other.
    static Attribute const* only_key(std::vector<Attribute> const& attributes) {
        auto const is_key = [](Attribute const& each) { return each.name.text == "id"; };
        auto const found = std::find_if(attributes.begin(), attributes.end(), is_key);
        auto const is_only =
            found != attributes.end() && std::none_of(found + 1, attributes.end(), is_key);
        return is_only ? &*found : nullptr;
    }

    /// Whether its `fields`, the last ones that are given, can be read and name columns of the
    /// model, each once.
    bool lists_columns(Attribute const& attribute) const {
        Value const* named = nullptr;
        Value const* unnamed = nullptr;
        for (auto const& argument : attribute.arguments) {
            if (!argument.name) unnamed = &argument.value.front();
            if (argument.name && argument.name->text == "fields") named = &argument.value.front();
        }
        if ((named == nullptr) == (unnamed == nullptr)) return false;
        std::set<std::string_view> seen{};
        for (auto const* const item : items_of(named != nullptr ? *named : *unnamed)) {
            auto const* const word = std::get_if<NameValue>(&item->value);
            auto const* const call = std::get_if<CallValue>(&item->value);
            if (word == nullptr && call == nullptr) return false;
            std::string_view const name = word != nullptr ? word->text : call->name.text;
            if (!is_column(name) || !seen.insert(name).second) return false;
        }
        return true;
    }

    /// Asked of the text, since a field that is declared twice stands in the model once.
    bool has_column(TypeReference const& type) const {
        if (type.name.text == "Unsupported" || find_scalar(type.name.text)) return true;
        auto const found = resolution_.types.find(type.name.text);
        return found != resolution_.types.end() &&
               !std::holds_alternative<ModelType>(found->second);
    }

    bool is_column(std::string_view name) const {
        return std::any_of(model_.fields.begin(), model_.fields.end(), [&](Field const& field) {
            return field.name == name && !std::holds_alternative<ModelType>(field.type);
        });
    }

    static std::vector<Value const*> items_of(Value const& value) {
        auto const* const list = std::get_if<ListValue>(&value.value);
        if (list == nullptr) return {&value};
        std::vector<Value const*> items{};
        for (auto const& item : list->items) items.push_back(&item);
        return items;
    }

    bool has_primary_key() const {
        return std::any_of(model_.indexes.begin(), model_.indexes.end(),
                           [](Index const& index) { return index.kind == IndexKind::primary_key; });
    }

    /// `name:` is the client's word for a key, but for an `@@index` it is an old way to say `map:`.
    void name(Index& index, BoundAttribute const& attribute) {
        auto map = attribute.string("map");
        index.name_span = attribute.span_of("map");
        if (index.kind == IndexKind::normal && attribute.find("name") != nullptr) {
            if (map) {
                resolution_.diagnostics
                    .error("CM0263", attribute.span_of("name"),
                           "this index has two names in the database")
                    .label(attribute.span_of("map"), "the other one")
                    .help("remove `name`");
            }
            map = map ? map : attribute.string("name");
            index.name_span = attribute.span_of("name");
        } else {
            index.client_name = attribute.string("name").value_or("");
            if (attribute.find("name") != nullptr && index.client_name.empty()) {
                resolution_.diagnostics
                    .error("CM0264", attribute.span_of("name"), "the key's name is empty")
                    .help("give it a name, or leave `name` out");
            }
        }
        index.is_mapped = map.has_value();
        index.database_name = map ? *map : default_name(index);
    }

    std::string default_name(Index const& index) const {
        std::vector<std::size_t> fields{};
        for (auto const& field : index.fields) fields.push_back(field.field);
        auto const names = columns(model_, fields);
        switch (index.kind) {
            case IndexKind::primary_key:
                return primary_key_name(model_.database_name);
            case IndexKind::unique:
                return unique_name(model_.database_name, names);
            case IndexKind::normal:
                break;
        }
        return index_name(model_.database_name, names);
    }

    bool read_method(Value const& value, Index& index) {
        auto const& name = std::get<NameValue>(value.value).text;
        std::vector<std::string_view> names{};
        for (auto const& method : methods) {
            names.push_back(method.name);
            if (method.name != name) continue;
            index.method = method.method;
            return true;
        }
        resolution_.diagnostics.error("CM0266", value.span, "unknown index type `{}`", name)
            .help("the types are {}", quoted_list(names));
        return false;
    }

    bool read_sort(Value const& value, IndexField& field) {
        auto const* const name = std::get_if<NameValue>(&value.value);
        auto const is_known = name != nullptr && (name->text == "Asc" || name->text == "Desc");
        if (!is_known) {
            resolution_.diagnostics.error("CM0268", value.span, "this is not a sort order")
                .help("write `Asc` or `Desc`");
            return false;
        }
        field.has_sort = true;
        field.sort = name->text == "Desc" ? SortOrder::descending : SortOrder::ascending;
        return true;
    }

    bool read_field_arguments(IndexKind kind, std::vector<Argument> const& arguments,
                              IndexField& field) {
        for (auto const& argument : arguments) {
            if (!read_field_argument(kind, argument, field)) return false;
        }
        return true;
    }

    bool read_field_argument(IndexKind kind, Argument const& argument, IndexField& field) {
        auto const& value = argument.value.front();
        auto const name = argument.name ? argument.name->text : std::string_view();
        if (name == "sort") {
            return read_sort(value, field) &&
                   (kind != IndexKind::primary_key || refuse(argument, "a primary key"));
        }
        if (name == "ops") {
            field.has_operator_class = true;
            if (!read_operator_class(value, field)) return false;
            if (kind == IndexKind::unique) return refuse(argument, "`@@unique`");
            if (kind == IndexKind::normal) return true;
        }
        if (name == "length") {
            auto const* const number = std::get_if<NumberValue>(&value.value);
            if (number == nullptr) return report_length(value);
            if (!number->text.starts_with('-')) return refuse(argument, "PostgreSQL");
        }
        resolution_.diagnostics
            .warning("CM0268", argument.span, "this argument of a field in a list has no effect")
            .help("{}", kind == IndexKind::primary_key ? "a primary key lists names only"
                        : kind == IndexKind::unique    ? "only `sort` is allowed here"
                                                       : "only `sort` and `ops` are allowed here");
        return true;
    }

    bool refuse(Argument const& argument, std::string_view what) {
        InStage const in_stage(Stage::rules, resolution_.diagnostics);
        resolution_.diagnostics
            .error("CM0268", argument.span, "{} does not support `{}`", what, argument.name->text)
            .help("{}", help_from_other_database(argument.name->text).value_or("remove it"));
        return true;
    }

    bool report_length(Value const& value) {
        resolution_.diagnostics.error("CM0268", value.span, "a length must be a number")
            .help("{}", help_from_other_database("length").value_or("remove it"));
        return false;
    }

    bool read_operator_class(Value const& value, IndexField& field) {
        if (auto const* const name = std::get_if<NameValue>(&value.value)) {
            for (auto const& known : operator_classes()) {
                if (known.name != name->text) continue;
                field.operator_class = known.database_name;
                field.operator_class_word = name->text;
                return true;
            }
        }
        auto const* const call = std::get_if<CallValue>(&value.value);
        if (call != nullptr && call->name.text == "raw" && call->arguments.size() == 1) {
            auto const* const text =
                std::get_if<StringValue>(&call->arguments.front().value.front().value);
            if (text != nullptr) {
                field.operator_class = text->text;
                return true;
            }
        }
        resolution_.diagnostics.error("CM0267", value.span, "this is not an operator class")
            .help("write a name such as `JsonbPathOps`, or `raw(\"gin_trgm_ops\")`");
        return false;
    }

    Resolution& resolution_;
    std::size_t index_{};
    Model& model_;
};

}  // namespace

void resolve_indexes(Resolution& resolution) {
    for (std::size_t i = 0; i < resolution.models.size(); ++i) IndexReader(resolution, i).run();
}

}  // namespace cm::dsl
