import ArgumentParser
import Bytes
import Glibc
import Problems
import RDF
import RDFSyntax
import Resources
import Site

/// `kommungraf reformat`: RDF in, RDF out.
struct ReformatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reformat", abstract: "Read RDF in one format and write it in another.",
    discussion: """
      Formats are turtle, trig, ntriples, nquads, rdfxml and, to write, jsonld. What is read is told by --from or the file's name.

      kommungraf reformat --to ntriples --sorted kommuner.ttl
      """)

  @Option(help: ArgumentHelp("The format of the inputs; without it by their names, else turtle.", valueName: "F"))
  var from: Format?
  @Option(help: ArgumentHelp("The format to write; without it by the name of -o, else turtle.", valueName: "F"))
  var to: Format?
  @Option(
    name: .customLong("document-base"),
    help: ArgumentHelp("What relative IRIs are relative to, instead of the document itself.", valueName: "IRI"))
  var documentBase: String?
  @Flag(help: "Sort the triples, so that the same graph gives the same text.")
  var sorted = false
  @Flag(help: "Write the canonical form (RDFC-1.0), as N-Quads.")
  var canonical = false
  @Flag(help: "Read and say how many triples there are, writing nothing.")
  var count = false
  @Flag(name: .customLong("keep-going"), help: "Report a bad statement and go on with the next.")
  var keepGoing = false
  @Option(
    name: .customShort("o"), help: ArgumentHelp("Write to FILE instead of standard output; it appears when it is whole.", valueName: "FILE")
  )
  var output: String?
  @OptionGroup var global: GlobalOptions
  @Argument(help: ArgumentHelp("Documents: paths, or - for standard input.", valueName: "INPUT"))
  var inputs: [String]

  mutating func validate() throws {
    if let documentBase { try requireWhole(documentBase, of: "--document-base") }
  }

  func run() throws {
    let console = global.console
    let problems = ProblemList()
    var output: TripleOutput?
    do throws(Failure) {
      if count {
        let sink = CountingSink()
        try read(into: sink, problems)
        console.show(problems)
        try ByteString("\(sink.count)\n").withView { view throws(Failure) in try DescriptorOutput().write(view) }
      } else if canonical {
        let collector = QuadCollector()
        try read(into: collector, problems)
        try writeCanonical(collector)
        console.show(problems)
      } else {
        let opened = try TripleOutput(path: self.output, format: to, sorted: sorted, library: Library.standard(), problems: problems)
        output = opened
        try read(into: opened.sink, problems)
        try opened.sink.finish()
        try opened.finish()
        console.show(problems)
      }
    } catch {
      output?.abandon()
      throw console.fail(error, after: problems)
    }
    if problems.errorCount > 0 { throw ExitCode(1) }
  }

  private func read(into sink: any QuadSink, _ problems: ProblemList) throws(Failure) {
    for (number, input) in inputs.enumerated() {
      let format = from ?? Format(path: input) ?? .turtle
      var options = RDFReader.Options()
      options.base =
        documentBase.map { ByteString($0) } ?? (input == "-" ? nil : input.contains("://") ? ByteString(input) : fileIRI(input))
      options.keepGoing = keepGoing
      // Blank nodes of different documents are different nodes.
      if inputs.count > 1 { options.blankNodePrefix = ByteString("d\(number + 1)-") }
      try RDFReader.read(try global.source.open(input), format: format, options: options, into: sink, problems: problems)
    }
  }

  private func writeCanonical(_ collector: QuadCollector) throws(Failure) {
    let result = try ResultOutput(output)
    let form = try CanonicalForm(of: collector)
    try result.finish(with: form.text.view)
  }
}
