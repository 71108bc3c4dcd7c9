import Bytes
import Problems
import RDF
import Store

/// Takes an endpoint's answer as solutions of the running query.
final class ServiceSolutions: SolutionSink {
  /// The solutions that have come.
  private(set) var solutions: Solutions
  private let service: ServicePattern
  private let endpoint: ByteString
  private let context: QueryContext
  private let memory: WorkingMemory
  private let scratch = TextScratch()
  /// The slots of the answer's variables; nil for those that the pattern does not have.
  private var slots: [VariableID?] = []
  /// The blank nodes of the answer are no others', though their labels may be: each label stands for a node of this query's own.
  private var labels = ByteTable()
  private var nodes: [StoreID] = []
  private let number: Int

  /// A sink for the answer to a pattern.
  /// - Parameter number: that of the answer among those to the query, from 1.
  init(_ service: ServicePattern, number: Int, _ endpoint: ByteString, _ context: QueryContext) {
    self.service = service
    self.number = number
    self.endpoint = endpoint
    self.context = context
    memory = context.memory()
    solutions = Solutions(slots: context.slots)
  }

  func begin(_ variables: [ByteString]) throws(Failure) {
    slots = variables.map { name in context.variables.find(name).flatMap { service.variables.contains($0) ? $0 : nil } }
    for case let slot? in slots { solutions.columns[slot] = [] }
  }

  func append(_ batch: SolutionBatch) throws(Failure) {
    for (column, slot) in slots.enumerated() {
      guard let slot, var ids = solutions.columns[slot] else { continue }
      solutions.columns[slot] = nil
      ids.reserveCapacity(ids.count + batch.count)
      for row in 0..<batch.count {
        let id = batch.id(row, column)
        ids.append(id == SolutionBatch.unbound ? Solutions.unbound : self.id(of: batch.terms.term(id, scratch)))
      }
      solutions.columns[slot] = ids
      scratch.reset()
    }
    solutions.count += batch.count
    try memory.set(solutions.byteCount + nodes.count * 64)
    try context.check()
  }

  func finish() throws(Failure) {}

  func write(_ truth: Bool) throws(Failure) {
    throw Failure(.serviceFailed, value: endpoint.text, ["reason": .phrase("service-truth"), "mend": .phrase("mend-endpoint")])
  }

  private func id(of term: TermView) -> StoreID {
    if term.kind != .blankNode { return context.terms.id(of: term) }
    let (node, isNew) = labels.insert(term.lexical)
    if isNew { nodes.append(context.terms.newBlankNode("s\(number)b\(node)")) }
    return nodes[node]
  }
}
