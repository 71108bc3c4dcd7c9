import Bytes
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

  /// A source over the snapshots of a holder.
  /// - Parameters:
  ///   - scope: what the default graph is: ``GraphScope/union`` in a site, ``GraphScope/defaultOnly`` for exactly what was loaded.
  ///   - prefixes: those that messages about undeclared ones suggest.
  ///   - services: the endpoints that SERVICE may ask; nil for none.
  package init(
    _ holder: SnapshotHolder, scope: GraphScope, prefixes: Prefixes = Prefixes(), threads: QueryThreads, services: Services? = nil
  ) {
    self.holder = holder
    self.scope = scope
    self.prefixes = prefixes
    self.threads = threads
    self.services = services
  }

  /// Answers a request on one of the source's threads.
  package func answer(_ request: QueryRequest, to sink: any AnswerSink) async throws(Failure) {
    let meter = QueryMeter(timeout: request.budget.time, memory: request.budget.memory)
    let ticket = threads.makeTicket()
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { (continuation: CheckedContinuation<Result<Void, Failure>, Never>) in
        let isTaken = threads.submit(ticket) { [self] in
          do throws(Failure) {
            // Its time may have passed, or the asker gone, while it waited.
            try meter.check()
            try answerNow(request, to: sink, meter: meter)
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
    try run(request, to: sink, meter: meter, profile: nil)
  }

  /// Answers a request on the calling thread, and tells how.
  package func explainNow(_ request: QueryRequest, to sink: any AnswerSink, meter: QueryMeter) throws(Failure) -> QueryPlan {
    let profile = QueryProfile()
    try run(request, to: sink, meter: meter, profile: profile)
    return profile.plan
  }

  private func run(_ request: QueryRequest, to sink: any AnswerSink, meter: QueryMeter, profile: QueryProfile?) throws(Failure) {
    let query = try QueryParser.parse(
      request.text, name: request.name, base: request.base, version: request.version, prefixes: prefixes)
    guard request.forms.contains(query.form.asForms) else {
      throw Failure(.queryForm, ["found": query.form.name, "expected": request.forms.names])
    }
    let snapshot = holder.current
    let run = QueryRun(
      query, snapshot: snapshot, scope: scope, clause: request.dataset, meter: meter, rowLimit: request.budget.rows,
      profile: profile, services: services)
    try run.deliver(to: sink, version: ByteString("\(snapshot.version)"))
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
