package import Bytes
package import Problems
package import RDFSyntax
package import Store
import Synchronization

/// The store of this process as a source of answers.
///
/// Queries run on threads of their own, one a core, behind a bounded queue, so that a heavy one never holds up those who serve pages.
package final class EmbeddedSource: GraphSource {
  private let holder: SnapshotHolder
  private let scope: GraphScope
  private let prefixes: Prefixes
  private let threads: QueryThreads
  private let services: Services?
  private let leastDivided: Int

  /// A source over the snapshots of a holder.
  /// - Parameters:
  ///   - scope: what the default graph is: ``GraphScope/union`` in a site, ``GraphScope/defaultOnly`` for exactly what was loaded.
  ///   - prefixes: those that messages about undeclared ones suggest.
  ///   - services: the endpoints that SERVICE may ask; nil for none.
  ///   - leastDivided: how many expected rows are worth a second thread, where no other query is at work.
  package init(
    _ holder: SnapshotHolder, scope: GraphScope, prefixes: Prefixes = Prefixes(), threads: QueryThreads, services: Services? = nil,
    leastDivided: Int = 100_000
  ) {
    self.holder = holder
    self.scope = scope
    self.prefixes = prefixes
    self.threads = threads
    self.services = services
    self.leastDivided = leastDivided
  }

  /// The number of the snapshot that is held now.
  package var version: ByteString? { ByteString("\(holder.current.version)") }

  /// Answers a request on one of the source's threads.
  package func answer(_ request: QueryRequest, to sink: any AnswerSink) async throws(Failure) {
    let meter = QueryMeter(timeout: request.budget.time, memory: request.budget.memory)
    let ticket = threads.makeTicket()
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { (continuation: CheckedContinuation<Result<Void, Failure>, Never>) in
        let isTaken = threads.submit(ticket) { [self] turn in
          do throws(Failure) {
            // Its time may have passed, or the asker gone, while it waited.
            try meter.check()
            try run(request, to: sink, meter: meter, turn: turn)
            continuation.resume(returning: .success(()))
          } catch {
            continuation.resume(returning: .failure(error))
          }
        }
        if !isTaken { continuation.resume(returning: .failure(Failure(.queryBusy))) }
        // Cancelled before it stood in the queue, it would wait there for nothing.
        if isTaken, meter.wasCancelled { threads.withdraw(ticket) }
      }
    } onCancel: {
      meter.cancel()
      threads.withdraw(ticket)
    }
    try result.get()
  }

  /// Answers a request on the calling thread.
  package func answerNow(_ request: QueryRequest, to sink: any AnswerSink, meter: QueryMeter) throws(Failure) {
    try run(request, to: sink, meter: meter)
  }

  /// Answers a request on the calling thread, and tells how.
  package func explainNow(_ request: QueryRequest, to sink: any AnswerSink, meter: QueryMeter) throws(Failure) -> QueryPlan {
    let profile = QueryProfile()
    try run(request, to: sink, meter: meter, profile: profile)
    return profile.plan
  }

  private func run(
    _ request: QueryRequest, to sink: any AnswerSink, meter: QueryMeter, turn: QueryThreads.Turn? = nil, profile: QueryProfile? = nil
  ) throws(Failure) {
    let query = try QueryParser.parse(
      request.text, name: request.name, base: request.base, version: request.version, prefixes: prefixes)
    guard request.forms.contains(query.form.asForms) else {
      throw Failure(.queryForm, ["found": query.form.name, "expected": request.forms.names])
    }
    let snapshot = holder.current
    let run = QueryRun(
      query, snapshot: snapshot, scope: scope, clause: request.dataset, meter: meter, rowLimit: request.budget.rows,
      leastDivided: leastDivided, turn: turn, profile: profile, services: services)
    do throws(Failure) {
      try run.deliver(to: sink, version: ByteString("\(snapshot.version)"))
    } catch {
      var failure = error
      // The algebra knows lines and columns, not what the text is called.
      if failure.problem.place.line != nil, failure.problem.place.file == nil { failure.problem.place.file = request.name }
      throw failure
    }
  }
}

extension QueryRequest.Forms {
  /// The words that queries of these forms begin with.
  fileprivate var names: String {
    [(Self.select, "SELECT"), (.ask, "ASK"), (.construct, "CONSTRUCT"), (.describe, "DESCRIBE")].filter { contains($0.0) }.map(\.1)
      .joined(separator: ", ")
  }
}

extension QueryForm {
  fileprivate var asForms: QueryRequest.Forms {
    switch self {
    case .select: .select
    case .ask: .ask
    case .construct: .construct
    case .describe: .describe
    }
  }

  fileprivate var name: String {
    switch self {
    case .select: "SELECT"
    case .ask: "ASK"
    case .construct: "CONSTRUCT"
    case .describe: "DESCRIBE"
    }
  }
}
