// The one table of statement order.
#include "schema/rank.hpp"

#include "schema/stages.hpp"

namespace cm::schema {

int rank(Step const& step) {
    using namespace object;
    return match(
        step, [](RenameTable const&) { return -20; },  // the others know the new names
        [](RenameEnum const&) { return -20; }, [](RenameDefinition const&) { return -20; },
        [](RenameNamespace const&) { return -20; }, [](ExchangeJoinColumns const&) { return -10; },
        [](Create<Namespace> const&) { return 0; },  // everything lies in one
        [](Alter<Namespace> const&) { return 0; },
        [](Create<Extension> const&) { return 10; },  // columns may be of its types
        [](Alter<Extension> const&) { return 10; },
        [](Create<Enum> const&) { return 20; },  // columns need it
        [](Alter<Enum> const&) { return 30; },   // defaults may name new values
        [](RebuildEnum const&) { return 30; },
        [](Drop<ForeignKey> const&) { return 40; },  // frees tables and keys
        [](Drop<Index> const&) { return 50; },       // before the columns it stands on
        [](Alter<Table> const& s) {
            if (leaves_parents(s)) return 45;
            if (is_loosening(s)) return 55;  // after the indexes on it
            return is_tightening(s) ? 126 : 60;
        },
        [](Drop<Table> const&) { return 70; },
        [](Drop<Enum> const&) { return 80; },  // when no column has it any more
        [](Create<Table> const&) { return 90; }, [](Create<Index> const&) { return 100; },
        [](Alter<ForeignKey> const&) { return 110; },
        [](Create<ForeignKey> const&) { return 120; },  // when all tables and keys are there
        [](Alter<Index> const&) { return 130; },        // a rename disturbs nobody
        [](Create<Definition> const& s) { return s.object.definition_kind->create_rank; },
        [](Alter<Definition> const& s) {
            if (is_loosening(s)) return 38;
            if (is_tightening(s)) return 126 + s.to.definition_kind->create_rank / 100;
            return s.to.definition_kind->create_rank;
        },
        [](Drop<Definition> const& s) { return s.object.definition_kind->drop_rank; },
        [](Drop<Extension> const&) { return 190; }, [](Drop<Namespace> const&) { return 200; });
}

}  // namespace cm::schema
