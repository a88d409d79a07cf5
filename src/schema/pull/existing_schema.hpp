// What an existing schema file calls the things of a database.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "dsl/datamodel.hpp"
#include "schema/schema.hpp"

namespace cm::schema {

class ExistingSchema {
  public:
    ExistingSchema(dsl::DataModel const& model, std::string const& default_schema);

    dsl::DataModel const& data_model() const { return model_; }

    sql::QualifiedName table_of(dsl::Model const& model) const;
    std::optional<std::size_t> model_of(sql::QualifiedName const& table) const;
    std::optional<std::size_t> enum_of(sql::QualifiedName const& type) const;
    std::optional<std::size_t> field_of(std::size_t model, std::string_view column) const;
    /// The relation that stands for the key; by its name and columns, else by its columns.
    std::optional<std::size_t> relation_of(object::ForeignKey const& key) const;
    /// The relation that the table stands for, unless its keys lead to other tables than the file's
    /// models do.
    std::optional<std::size_t> join_relation_of(sql::QualifiedName const& table,
                                                Schema const& actual) const;

  private:
    sql::QualifiedName qualified(std::string const& schema, std::string const& name) const;

    void add_relation(std::size_t index);

    dsl::DataModel const& model_;
    std::string const& default_schema_;
    std::map<sql::QualifiedName, std::size_t> models_{};
    std::map<sql::QualifiedName, std::size_t> enums_{};
    std::map<sql::QualifiedName, std::vector<std::size_t>> relations_{};  ///< by the key's table
    std::map<sql::QualifiedName, std::size_t> joins_{};
};

}  // namespace cm::schema
