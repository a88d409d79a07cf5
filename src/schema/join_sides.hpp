// Implicit many-to-many relations whose columns A and B change sides.
#pragma once
#include "schema/step.hpp"

namespace cm::schema {

/// The join tables of both schemas in which A refers to what B referred to, and B to what A did, as
/// when a model is renamed whose table stays: column A belongs to the model whose name comes first.
std::vector<sql::QualifiedName> crossed_join_tables(Schema const& from, Schema const& to);

/// The schema once the columns of these join tables have exchanged their names: keys and indexes
/// follow.
Schema with_exchanged_columns(Schema schema, std::vector<sql::QualifiedName> const& tables);

/// The step that exchanges them. `schema`: the one before.
ExchangeJoinColumns exchange_columns(Schema const& schema, sql::QualifiedName const& table);

void to_sql(ExchangeJoinColumns const& step, sql::Writer& out);
void hazards(ExchangeJoinColumns const& step, object::Hazards& out);

}  // namespace cm::schema
