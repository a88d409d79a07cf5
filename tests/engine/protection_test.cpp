// Which statements take something away from a protected database.
#include "engine/protection.hpp"

#include <gtest/gtest.h>

namespace cm::engine {
namespace {

bool takes_away(std::string sql, object::Hazards hazards = {}) {
    return engine::takes_away({{.written = {"title", std::move(sql)}, .hazards = hazards}});
}

TEST(Protection, CountsWhatDropsOrCanLose) {
    EXPECT_TRUE(takes_away("DROP TABLE \"a\";"));
    EXPECT_TRUE(takes_away("ALTER TABLE a ADD COLUMN b int,\nDROP COLUMN c;"));
    EXPECT_TRUE(takes_away("drop index concurrently i;"));
    EXPECT_TRUE(takes_away("ALTER TABLE a ALTER COLUMN b SET DATA TYPE int;",
                           {{.kind = object::HazardKind::data_loss}}));
}

TEST(Protection, LeavesAloneWhatAdds) {
    EXPECT_FALSE(takes_away("CREATE TABLE \"DROP\" (\"drop\" text DEFAULT 'DROP TABLE a');"));
    EXPECT_FALSE(takes_away("ALTER TABLE a ALTER COLUMN b DROP NOT NULL, ALTER c DROP DEFAULT;"));
    EXPECT_FALSE(takes_away("ALTER TABLE a ALTER COLUMN b SET NOT NULL;",
                            {{.kind = object::HazardKind::may_fail}}));
}

}  // namespace
}  // namespace cm::engine
