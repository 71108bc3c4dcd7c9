import Bytes
package import Problems
package import RDF
import RDFSyntax
import Resources

/// What is known of the terms of other vocabularies: `vocabularies/terms.ttl`, of the program and of a site.
package enum WellKnownTerms {
  /// Hands the statements to a sink, in the order of the files.
  /// - Throws: what the files throw.
  package static func read(of library: Library, into sink: any QuadSink, problems: any ProblemSink) throws(Failure) {
    for (number, path) in library.files("vocabularies/terms.ttl").enumerated() {
      let options = RDFReader.Options(blankNodePrefix: ByteString("terms\(number)-"))
      try RDFReader.read(try FileSource().open(path), format: .turtle, options: options, into: sink, problems: problems)
    }
  }
}
