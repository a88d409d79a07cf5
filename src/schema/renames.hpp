// Which renames a declaration asks for beside its new names, and what they are as steps.
#pragma once
#include "schema/step.hpp"

namespace cm::schema {

/// Of the former names in `to` (object::FormerNames), those that are names in `from` today, and of
/// nothing that is declared still: then the object is renamed. Judged together: a name counts as
/// free if another rename takes it away. With a table goes what is named after it or its columns
/// and has no name in a declaration: sequences, NOT NULL constraints, join tables. Throws Failure
/// CM0332 if two would be made of one.
Steps renames_to(Schema const& from, Schema const& to);

/// What was asked for once is done: names that were exchanged are not exchanged again.
void forget_asked(Schema& declared);

/// What a table or enum, a column of that table, a value of that enum is called before the plan has
/// renamed it.
sql::QualifiedName name_today(Steps const& plan, sql::QualifiedName planned);
std::string column_today(Steps const& plan, sql::QualifiedName table, std::string planned);
std::string value_today(Steps const& plan, sql::QualifiedName type, std::string planned);

void to_sql(RenameTable const& step, sql::Writer& out);
void to_sql(RenameEnum const& step, sql::Writer& out);
void to_sql(RenameDefinition const& step, sql::Writer& out);
void to_sql(RenameNamespace const& step, sql::Writer& out);
void hazards(RenameDefinition const& step, object::Hazards& out);
void hazards(RenameNamespace const& step, object::Hazards& out);
void hazards(RenameTable const& step, object::Hazards& out);
void hazards(RenameEnum const& step, object::Hazards& out);

}  // namespace cm::schema
