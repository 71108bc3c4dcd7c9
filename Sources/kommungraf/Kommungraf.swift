import ArgumentParser
import Bytes
import Glibc
import Problems
import Resources

/// The program: one subcommand for each thing that it does.
@main
struct Kommungraf: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kommungraf",
    abstract: "Turns the tables of Swedish municipalities into linked data with persistent identifiers.",
    discussion: """
      A mapping says what the columns of a table mean. «kommungraf mapping list» shows the mappings that come along; \
      «kommungraf convert --mapping leverantorsreskontra ledger.csv» turns a supplier ledger into Turtle.

      Results go to standard output, everything said to you to standard error.

      Exit status:
        0   done
        1   problems were found; all were shown, and what was good was written
        64  the command was misspelt
        65  the input is not what it claims to be; nothing was written
        66  there is no such input
        69  a server can't be reached
        74  the output can't be written
      """,
    version: "0.1.0",
    subcommands: [
      ConvertCommand.self, ValidateCommand.self, ReformatCommand.self, QueryCommand.self, ServeCommand.self,
      PublishCommand.self, DiffCommand.self,
      MappingCommand.self, ResolveCommand.self, MintCommand.self, ReadRDFXMLCommand.self,
    ])

  static func main() {
    // A reader that closes its end of the pipe must give an error that can be handled, not a signal that kills.
    signal(SIGPIPE, SIG_IGN)
    UnfinishedFiles.removeAtSignals()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      // A status alone is that of a run which has said why.
      if error is ExitCode || exitCode(for: error) != .validationFailure { exit(withError: error) }
      let text = ByteString(UsageText.text(fullMessage(for: error), in: .ofCommandLine) + "\n")
      // Nothing can be done where even this can't be written.
      try? text.withView { view throws(Failure) in try DescriptorOutput(descriptor: STDERR_FILENO).write(view) }
      exit(withError: ExitCode.validationFailure)
    }
  }
}
