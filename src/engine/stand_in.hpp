// A scratch database that stands for a live one when it is asked what an expression means: the live
// one is only read.
#pragma once
#include <optional>

#include "engine/question.hpp"
#include "pg/scratch_database.hpp"

namespace cm::engine {

class StandIn {
  public:
    /// `live` must outlive this.
    explicit StandIn(pg::Connection& live) : live_(live) {}

    /// The scratch database, made when it is first needed: beside the live one, or on a private
    /// server where the role may not make any. Throws Failure if none can be had.
    pg::Connection& connection();

    /// This must outlive it.
    Server server();

  private:
    pg::Connection& live_;
    std::optional<pg::ScratchDatabase> scratch_{};
};

}  // namespace cm::engine
