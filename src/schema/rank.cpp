// The one table of statement order.
#include "schema/rank.hpp"

namespace cm::schema {

int rank(Step const& step) {
    using namespace object;
    return match(
        step, [](Create<Namespace> const&) { return 0; },  // everything lies in one
        [](Alter<Namespace> const&) { return 0; },
        [](Create<Enum> const&) { return 1; },  // columns need it
        [](Alter<Enum> const&) { return 2; },   // defaults may name new values
        [](RebuildEnum const&) { return 2; },
        [](Drop<ForeignKey> const&) { return 3; },  // frees tables and keys
        [](Drop<Index> const&) { return 4; },       // before the columns it stands on
        [](Alter<Table> const&) { return 5; }, [](Drop<Table> const&) { return 6; },
        [](Drop<Enum> const&) { return 7; },  // when no column has it any more
        [](Create<Table> const&) { return 8; }, [](Alter<ForeignKey> const&) { return 9; },
        [](Create<Index> const&) { return 10; },
        [](Create<ForeignKey> const&) { return 11; },  // when all tables and keys are there
        [](Alter<Index> const&) { return 12; },        // a rename disturbs nobody
        [](Drop<Namespace> const&) { return 13; });
}

}  // namespace cm::schema
