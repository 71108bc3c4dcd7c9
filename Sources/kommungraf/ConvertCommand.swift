import ArgumentParser
import Bytes
import Glibc
import Mapping
import Problems
import RDF
import RDFSyntax
import Resources
import Site

/// `kommungraf convert`: tables in, linked data out.
struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert", abstract: "Turn tables into linked data.",
    discussion: """
      Reads CSV files (any delimiter, line end and common encoding), Excel workbooks (.xlsx, .xlsm) and JSON files that hold a \
      table, and writes RDF. Of a workbook the first sheet that is not hidden and not empty is read, or the one that is named, by its \
      name or number: schools.xlsx!Grundskolor, schools.xlsx!2. \
      Without --mapping the metadata beside the file is used (FILE-metadata.json or csv-metadata.json), and without that \
      the header alone. Nested JSON and XML are read by a mapping of RML.

      kommungraf convert --mapping leverantorsreskontra -o ledger.ttl ledger.csv
      """)

  @OptionGroup var mapping: MappingOptions
  @Option(
    help: ArgumentHelp(
      "The format: turtle, ntriples, nquads, trig, jsonld, rdfxml, or csvw-json for plain JSON. Without it by the name of -o, else turtle.",
      valueName: "F"))
  var format: ConversionFormat?
  @Option(help: ArgumentHelp("Put all triples in this named graph.", valueName: "IRI"))
  var graph: String?
  @Option(
    help: ArgumentHelp(
      "Write a report of rows, problems and what was withheld: as JSON, HTML or text, by the ending of FILE.", valueName: "FILE"))
  var report: String?
  @Option(
    help: ArgumentHelp(
      "Write rows that leave a doubt, withheld ones included, as a table that only you may read. Never publish it.", valueName: "FILE"))
  var review: String?
  @Option(
    name: .customShort("o"), help: ArgumentHelp("Write to FILE instead of standard output; it appears when it is whole.", valueName: "FILE")
  )
  var output: String?
  @OptionGroup var global: GlobalOptions
  @Argument(help: ArgumentHelp("Tables: paths, web addresses, or - for standard input; FILE.xlsx!SHEET for a sheet.", valueName: "INPUT"))
  var inputs: [String] = []

  mutating func validate() throws {
    if inputs.isEmpty, mapping.mapping.map({ !$0.contains("/") && !$0.contains(".") }) ?? true {
      throw ValidationError(.phrase("usage-input"))
    }
    if let graph { try requireWhole(graph, of: "--graph") }
    try requireFile(review, of: "--review")
    try requireDifferent([("-o", output ?? "-"), ("--report", report), ("--review", review)])
  }

  func run() throws {
    let run = TableRun(inputs: inputs, mapping: mapping, graph: graph, global: global)
    try run.convert(to: output, format: format, report: report, review: review)
  }
}

/// `kommungraf validate`: what is wrong with tables, without writing them.
struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Say what is wrong with tables, or with a site.",
    discussion: """
      Reads the tables as «convert» does and answers two questions: is the file right, and may it be published? Problems are shown by \
      kind and column, with their lines and how to mend them, and beside them what may mend the mapping. With --site it builds all that \
      the site's site.yaml names.

      kommungraf validate --mapping leverantorsreskontra --report report.html ledger.csv
      """)

  @Option(help: ArgumentHelp("The folder of a site, or its site.yaml.", valueName: "DIR"))
  var site: String?
  @OptionGroup var mapping: MappingOptions
  @Option(help: ArgumentHelp("Write the report, by the ending of FILE as .json, .html to be mailed, or .txt.", valueName: "FILE"))
  var report: String?
  @OptionGroup var global: GlobalOptions
  @Argument(help: ArgumentHelp("Tables: paths, web addresses, or - for standard input; FILE.xlsx!SHEET for a sheet.", valueName: "INPUT"))
  var inputs: [String] = []

  mutating func validate() throws {
    if site == nil, inputs.isEmpty { throw ValidationError(.phrase("usage-input-or-site")) }
    if site != nil, !inputs.isEmpty || !mapping.isEmptyButForDay { throw ValidationError(.phrase("usage-site-alone")) }
  }

  func run() throws {
    if let site { return try SiteRun(site: site, asOf: mapping.asOf, global: global).validate(report: report) }
    try TableRun(inputs: inputs, mapping: mapping, graph: nil, global: global).validate(report: report)
  }
}
