// Transcripts: what is read from them, and that a performance is written down truly.
#include "support/transcript.hpp"

#include <gtest/gtest.h>

#include "support/normalize.hpp"
#include "support/project_folder.hpp"

namespace cm::test {

namespace {

std::string play(std::string_view transcript) {
    ProjectFolder const folder{};
    Shell shell{.folder = folder.project(), .environment = {{"PATH", "/usr/bin:/bin"}}};
    shell.patience = std::chrono::seconds(10);
    return perform(parse_transcript(transcript), shell,
                   [](std::string text) { return normalize(std::move(text), {}); });
}

void expect_true_to_life(std::string_view transcript) {
    EXPECT_EQ(play(transcript), transcript);
}

TEST(Transcript, reads_commands_continuations_and_answers) {
    auto const commands = parse_transcript(
        "$ cat > a <<'END'\n> one\n>\n> END\noutput\n> not a continuation\n$ tty: ask\n? \n< "
        "yes\n<\n");
    ASSERT_EQ(commands.size(), 2U);
    EXPECT_EQ(commands[0], (TranscriptCommand{"cat > a <<'END'\none\n\nEND", false, {}}));
    EXPECT_EQ(commands[1], (TranscriptCommand{"ask", true, {"yes", ""}}));
    EXPECT_THROW(parse_transcript("output\n"), std::runtime_error);
}

TEST(Transcript, both_streams_and_the_exit_code_are_seen) {
    expect_true_to_life("$ echo out; echo error >&2; exit 3\nout\nerror\n[exit 3]\n$ true\n");
}

TEST(Transcript, files_are_written_with_plain_shell) {
    expect_true_to_life("$ cat > a.txt <<'END'\n> one\n>\n> two\n> END\n$ cat a.txt\none\n\ntwo\n");
}

TEST(Transcript, output_that_looks_like_a_transcript_is_escaped) {
    expect_true_to_life(
        "$ printf '$ x\\n< y\\n-- z --\\n-- AlterTable\\n'\n"
        "\\$ x\n\\< y\n\\-- z --\n-- AlterTable\n");
}

TEST(Transcript, without_tty_there_is_no_terminal_at_all) {
    expect_true_to_life(
        "$ test -t 0 || test -t 1 || (: < /dev/tty) 2> /dev/null || echo none\nnone\n");
}

TEST(Transcript, answers_are_typed_when_asked_for) {
    CM_NEEDS_TERMINALS();
    expect_true_to_life(
        "$ tty: printf 'Name? '; read -r n; printf 'Age? '; read -r a; echo \"$n is $a\"\n"
        "Name?\n< Ada\nAge?\n< 36\nAda is 36\n");
}

TEST(Transcript, a_question_is_waited_for) {
    CM_NEEDS_TERMINALS();
    expect_true_to_life(
        "$ tty: echo working; sleep 0.4; printf 'Go on? '; read -r x; echo \"$x\"\n"
        "working\nGo on?\n< yes\nyes\n");
}

TEST(Transcript, an_answer_nobody_asked_for_is_missed) {
    CM_NEEDS_TERMINALS();
    EXPECT_EQ(play("$ tty: echo done\n< yes\ndone\n"), "$ tty: echo done\ndone\n");
}

TEST(Transcript, control_c_can_be_typed) {
    CM_NEEDS_TERMINALS();
    expect_true_to_life(
        "$ tty: trap 'echo caught; exit 130' INT; printf 'Go on? '; read -r x\n"
        "Go on?\n< ^C\ncaught\n[exit 130]\n");
}

TEST(Transcript, what_stays_in_the_background_does_not_hold_it_up) {
    expect_true_to_life("$ sleep 2 & echo started\nstarted\n");
}

TEST(Transcript, a_command_that_does_not_end_is_ended) {
    ProjectFolder const folder{};
    Shell const shell{.folder = folder.project(),
                      .environment = {{"PATH", "/usr/bin:/bin"}},
                      .patience = std::chrono::milliseconds(300)};
    auto const output = run(shell, "sleep 20");
    EXPECT_TRUE(output.timed_out);
    EXPECT_NE(output.exit_code, 0);
}

TEST(Normalize, removes_what_differs_from_run_to_run) {
    EXPECT_EQ(normalize("at 127.0.0.1:34567 in 12 ms, 2026-11-22 10:11:12.345+00", {}),
              "at 127.0.0.1:5432 in <duration>, <time>");
    EXPECT_EQ(normalize("2 migrations found, 20260101000000_init", {}),
              "2 migrations found, 20260101000000_init");
    EXPECT_EQ(normalize("/tmp/x/y and /tmp/x", {{"/tmp/x", "<a>"}, {"/tmp/x/y", "<b>"}}),
              "<b> and <a>");
}

TEST(ProjectFolder, notices_what_was_left_behind) {
    ProjectFolder const folder{};
    EXPECT_EQ(folder.left_behind(), "");
    write_text(folder.temporary() / "cm-left", "");
    EXPECT_EQ(folder.left_behind(std::chrono::milliseconds(50)), "temporary file cm-left\n");
    std::filesystem::remove(folder.temporary() / "cm-left");
    EXPECT_THROW(folder.add({"../outside", ""}), std::runtime_error);
}

}  // namespace

}  // namespace cm::test
