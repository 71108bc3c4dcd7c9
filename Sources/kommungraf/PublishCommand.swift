import ArgumentParser
import Problems
import RDF
import Resources
import Site

/// `kommungraf publish`: a site as a folder of files that takes the place of the last release (contract §1).
struct PublishCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish", abstract: "Write a site as a release, and let no identifier vanish.",
    discussion: """
      Builds the site and writes each dataset, register and the catalog as sorted N-Quads into a folder, with the ledgers and a manifest. \
      What would be published is compared with the release that stands in the folder. An identifier that is gone without a word of what \
      became of it is an error that names it and the command that ends it; nothing is published then, unless --allow-loss gives it up. Nothing is \
      published either where a graph can't be built, or where a ledger is not the published one with lines added.

      kommungraf publish -o release
      """)

  @Argument(help: ArgumentHelp("The site's folder, or its site.yaml.", valueName: "SITE"))
  var site: String?
  @Option(name: .customShort("o"), help: ArgumentHelp("The folder of the release, which is replaced as a whole.", valueName: "DIR"))
  var output: String
  @Flag(name: .customLong("allow-loss"), help: "Publish although identifiers are gone; the manifest keeps which.")
  var allowLoss = false
  @Option(
    name: .customLong("as-of"),
    help: ArgumentHelp("Judge embargoes as of this day in Sweden, or this moment; today if left out.", valueName: "DATE"))
  var day: DayOption?
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let console = global.console
    let problems = ProblemList()
    do throws(Failure) {
      let publishing = try Publishing.open(site, global, problems, asOf: day?.date)
      let outcome = try publishing.run(to: output, allowingLoss: allowLoss)
      global.log.tell(outcome.report)
      console.show(problems)
      tell(outcome, console)
    } catch {
      throw console.fail(error, after: problems)
    }
    if problems.errorCount > 0 { throw ExitCode(1) }
  }

  private func tell(_ outcome: Publishing.Outcome, _ console: Console) {
    let language = console.language
    for line in outcome.report.lines(in: language) { console.tell(line) }
    // What the catalog says anew is that the others are new.
    for (file, counts) in outcome.changes where outcome.release?.file(named: file)?.kind != SitePart.Kind.catalog.rawValue {
      let numbers = [
        "added": language.number(counts.added), "removed": language.number(counts.removed), "changed": language.number(counts.changed),
      ]
      console.tell(file + ": " + Wording.shared.text("released-changes", in: language, numbers))
    }
    console.tell("kommungraf: " + ending(of: outcome, in: language))
  }

  private func ending(of outcome: Publishing.Outcome, in language: Language) -> String {
    var words: [String: String] = ["folder": output]
    if let release = outcome.release {
      words["graphs"] = language.number(release.files.count { $0.isGraph })
      words["triples"] = language.number(release.triples)
      words["identifiers"] = language.number(release.files.reduce(0) { $0 + ($1.identifiers ?? 0) })
      words["moment"] = release.moment
    }
    let isRefused = !outcome.isNew && (!outcome.report.failed.isEmpty || outcome.vanished > 0 && !allowLoss || outcome.isRewritten)
    return Wording.shared.text(outcome.isNew ? "released" : isRefused ? "released-not" : "released-same", in: language, words)
  }
}
