import ArgumentParser
import Bytes
import Problems
import RDF
import Resources
import Server
import Site

extension RedirectServer: ExpressibleByArgument {}

/// `kommungraf mint redirects --register R --server nginx|apache`: what a register's identifiers answer, for a server that stands in its old house.
struct MintRedirectsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "redirects", abstract: "Write the redirects of a register as configuration of nginx or Apache.",
    discussion: """
      A register that site.yaml has moved to its owner answers 308 at the IRIs in force: key by key, or by its pattern where it is open. At the IRIs \
      in force what has ended answers 410, 308 or 300. --from says which IRIs are asked for, where these are others than the site's own.

      kommungraf mint redirects --register kommun --server nginx -o kommun.conf
      kommungraf mint redirects --register kommun --server apache --from 'https://old.example.se/id/kommun/{kod}'
      """)

  @OptionGroup var ledger: LedgerOptions
  @Option(help: "The server: nginx or apache.")
  var server: RedirectServer
  @Option(help: ArgumentHelp("The pattern of the IRIs that are asked for.", valueName: "PATTERN"))
  var from: String?
  @Option(
    name: .customShort("o"), help: ArgumentHelp("Write to FILE instead of standard output; it appears when it is whole.", valueName: "FILE")
  )
  var output: String?
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let problems = ProblemList()
    do throws(Failure) {
      let path = try SiteLocation.path(nil)
      let site = try SiteFile(path: path, resources: global.source, problems: ProblemList())
      let found = try ledger.open(global, problems)
      let list = try RedirectList(
        found.register, of: site, from: from, library: .standard(site: site.folder), resources: global.source, problems: problems,
        today: SwedishTime.date(at: .now))
      let result = try ResultOutput(output)
      try ByteString(list.text(for: server)).withView { view throws(Failure) in try result.finish(with: view) }
      let numbers = ["rules": "\(list.rules.count + (list.move == nil ? 0 : 1))", "host": list.host]
      global.console.tell("kommungraf: " + Wording.shared.text("redirects-written", in: global.language, numbers))
      global.console.show(problems)
    } catch {
      throw global.console.fail(error, after: problems)
    }
  }
}
