import Bytes
import Problems
import RDF
import RDFSyntax
import Resources
import Site
import Store

/// Files that are read into a store: some into the default graph, some into named graphs.
struct DataLoading {
  /// The files of the default graph.
  var data: [String]
  /// The files of named graphs.
  var named: [(graph: String, file: String)] = []
  /// Where their bytes come from.
  let source: any ByteSource

  /// Reads all files into a snapshot.
  /// - Throws: what reading and storing throw.
  func load(_ problems: any ProblemSink) throws(Failure) -> Snapshot {
    let builder = StoreBuilder()
    var number = 0
    for (graph, file) in data.map({ (String?.none, $0) }) + named.map({ (Optional($0.graph), $0.file) }) {
      number += 1
      builder.begin(graph: graph.map { .iri($0) })
      var options = RDFReader.Options()
      options.base = file.contains("://") ? ByteString(file) : fileIRI(file)
      if data.count + named.count > 1 { options.blankNodePrefix = ByteString("d\(number)-") }
      try RDFReader.read(
        try source.open(file), format: Format(path: file) ?? .turtle, options: options, into: builder, problems: problems)
    }
    return try builder.makeSnapshot()
  }
}
