// The one table of statement order.
#include "schema/rank.hpp"

namespace cm::schema {

int rank(Step const& step) {
    using namespace object;
    return match(
        step, [](ExchangeJoinColumns const&) { return -1; },  // the others know the new names
        [](Create<Namespace> const&) { return 0; },           // everything lies in one
        [](Alter<Namespace> const&) { return 0; },
        [](Create<Extension> const&) { return 1; },  // columns may be of its types
        [](Alter<Extension> const&) { return 1; },
        [](Create<Enum> const&) { return 2; },  // columns need it
        [](Alter<Enum> const&) { return 3; },   // defaults may name new values
        [](RebuildEnum const&) { return 3; },
        [](Drop<ForeignKey> const&) { return 4; },  // frees tables and keys
        [](Drop<Index> const&) { return 5; },       // before the columns it stands on
        [](Alter<Table> const&) { return 6; }, [](Drop<Table> const&) { return 7; },
        [](Drop<Enum> const&) { return 8; },  // when no column has it any more
        [](Create<Table> const&) { return 9; }, [](Create<Index> const&) { return 10; },
        [](Alter<ForeignKey> const&) { return 11; },
        [](Create<ForeignKey> const&) { return 12; },  // when all tables and keys are there
        [](Alter<Index> const&) { return 13; },        // a rename disturbs nobody
        [](Drop<Extension> const&) { return 14; }, [](Drop<Namespace> const&) { return 15; });
}

}  // namespace cm::schema
