/// A sink that keeps to itself where a problem is, but for the file and its sheet: for tables of which rows may be withheld, since neither a
/// withheld row's text nor its number may be told (contract §4).
package final class DiscreetSink: ProblemSink {
  private let sink: any ProblemSink

  /// A sink that passes problems on to `sink`.
  package init(_ sink: any ProblemSink) { self.sink = sink }

  /// Passes the problem on without its place in the file and without the text, byte or character that is wrong.
  package func report(_ problem: Problem) {
    let arguments = problem.arguments.filter { $0.key != "what" && $0.key != "character" }
    sink.report(
      Problem(problem.code, at: Place(file: problem.place.file, sheet: problem.place.sheet), severity: problem.severity, arguments))
  }
}
