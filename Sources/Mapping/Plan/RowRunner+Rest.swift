import Bytes
import Problems
import RDF
import Tables

extension RowRunner {
  /// Runs the plan over the rows of a file that are left: on two threads where the sink can be fed by them, with the same result.
  /// - Parameters:
  ///   - batch: memory for rows.
  ///   - compile: compiles the plan as for ``begin(_:compile:)``, telling nobody what is wrong with the mapping.
  mutating func runRest(
    of rows: any RowSource, _ batch: inout RowBatch, into sink: any QuadSink,
    compile: (inout TermArena, inout RunCounters) throws(Failure) -> TablePlan
  ) throws(Failure) {
    guard let sink = sink as? any DividedSink, context.usesTwoThreads, context.review == nil else {
      while try rows.next(&batch) { try run(batch) }
      return
    }
    guard try rows.next(&batch) else { return }
    try flush()
    let isOrdered = plan.needsOrder
    let relay = RowRelay(rows)
    let number = relay.takeRead()
    let worker = RowWorker(relay, sink.part(), problems: context.problems, isOrdered: isOrdered)
    let helper = RowHelper(
      try helper(compile: compile), RowWorker(relay, sink.part(), problems: context.problems, isOrdered: isOrdered))
    _ = inParallel({ helper.work() }) { worker.work(&self, &batch, first: number) }
    join(helper.runner, sink: sink)
    if let failure = relay.failure { throw failure }
  }
}
