// Evaluates a configuration file without running it.
#pragma once
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/config_script/syntax.hpp"
#include "engine/config_script/value.hpp"
#include "engine/environment.hpp"

namespace cm::engine::config_script {

class Evaluator {
  public:
    /// `file`: where the script lies; `environment`: what process.env is.
    Evaluator(ConfigScript const& script, std::filesystem::path file,
              Environment const& environment, SourceMap const& sources);

    /// What the file exports; unknown if it exports nothing.
    Value exported();

    /// The files that dotenv is told to load, in order.
    std::vector<std::string> dotenv_files();

  private:
    Value evaluate(Node const& node);
    Value evaluate_word(Expression const& word);
    /// A definition after all that is assigned to it or to its members.
    Value after_assignments(std::string const& name, Value value);
    /// Whether a statement is carried out; none if that cannot be told.
    std::optional<bool> hold(std::vector<Condition> const& conditions);
    Value evaluate_member(Expression const& member);
    Value evaluate_call(Expression const& call);
    Value evaluate_construction(Expression const& construction);
    Value evaluate_object(Expression const& object);
    Value evaluate_array(Expression const& array);
    Value evaluate_template(Expression const& text);
    Value evaluate_binary(Expression const& binary);
    Value evaluate_conditional(Expression const& conditional);
    Value member_of(Value const& object, std::string const& name, Expression const& at);
    Value call(std::string const& function, std::vector<Value> const& arguments,
               Expression const& at);
    Value call_method(Value const& text, std::string const& method,
                      std::vector<Value> const& arguments, Expression const& at);
    Value imported(Import const& import, Expression const& at) const;
    Value variable_of_environment(std::string const& name, Expression const& at);
    bool is_assigned_unseen(std::string const& variable) const;
    void note_dotenv(std::vector<Value> const& arguments);

    std::string folder() const { return file_.parent_path().string(); }

    ConfigScript const& script_;
    std::filesystem::path file_{};
    Environment const& environment_;
    SourceMap const& sources_;
    std::set<Expression const*> active_{};
    std::set<std::string> active_variables_{};
    std::vector<std::string> dotenv_files_{};
    int depth_{};
    int steps_{};
};

}  // namespace cm::engine::config_script
