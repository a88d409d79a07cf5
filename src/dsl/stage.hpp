// In which order findings are shown: those that others may follow from come first. Errors of all
// stages are reported in one run.
#pragma once
#include "base/diagnostic.hpp"

namespace cm::dsl {

enum class Stage : unsigned {
    reading,  ///< what a line says by itself: syntax, names, types, attributes and their arguments
    pairing,  ///< which fields belong to the same relation
    rules,    ///< what may stand together
    last      ///< what is asked only of relations in which all else is right
};

/// What is reported while this lives belongs to the stage.
class InStage {
  public:
    InStage(Stage stage, Diagnostics& diagnostics)
        : diagnostics_(diagnostics), before_(diagnostics.stage()) {
        diagnostics.set_stage(static_cast<unsigned>(stage));
    }

    ~InStage() { diagnostics_.set_stage(before_); }

    InStage(InStage const&) = delete;
    InStage& operator=(InStage const&) = delete;

  private:
    Diagnostics& diagnostics_;
    unsigned before_{};
};

}  // namespace cm::dsl
