import Bytes
import Problems
import RDF
import Store

/// Gives what another endpoint answers to a pattern, which is asked when the first solution is wanted.
final class ServiceCall: Operator {
  private let service: ServicePattern
  private let endpoint: Term
  private let context: QueryContext
  private var answer: Batches?

  init(_ service: ServicePattern, at endpoint: Term, context: QueryContext) {
    self.service = service
    self.endpoint = endpoint
    self.context = context
  }

  func next() throws(Failure) -> Solutions? {
    if let answer { return try answer.next() }
    let batches = Batches(try context.answers.answer(service, at: endpoint, context))
    answer = batches
    return try batches.next()
  }
}

/// Joins solutions with what the endpoints answer that they name. All of them are gathered first, so that no endpoint is asked twice.
final class ServiceJoin: Operator {
  private let input: any Operator
  private let service: ServicePattern
  private let endpoint: VariableID
  private let shared: [VariableID]
  private let context: QueryContext
  private let memory: WorkingMemory
  /// The solutions of each endpoint, joined with its answer; the last one is read first.
  private var joins: [any Operator]?

  init(_ input: any Operator, _ service: ServicePattern, endpoint: VariableID, shared: [VariableID], context: QueryContext) {
    self.input = input
    self.service = service
    self.endpoint = endpoint
    self.shared = shared
    self.context = context
    memory = context.memory()
  }

  func next() throws(Failure) -> Solutions? {
    if joins == nil { joins = try opened() }
    while let join = joins?.last {
      if let batch = try join.next() { return batch }
      joins?.removeLast()
    }
    return nil
  }

  private func opened() throws(Failure) -> [any Operator] {
    let all = try input.all(context, memory)
    var rows: [StoreID: [UInt32]] = [:]
    for row in 0..<all.count { rows[all[endpoint, row], default: []].append(UInt32(truncatingIfNeeded: row)) }
    return try rows.sorted { $0.key > $1.key }.map { id, members throws(Failure) in
      guard id != Solutions.unbound else {
        throw Failure(.queryUnsupported, at: service.place, ["construct": "SERVICE ?\(context.variables[endpoint].text)"])
      }
      let call = ServiceCall(service, at: context.terms.term(of: id), context: context)
      return HashJoin(Batches(all.taking(members)), call, .inner, shared: shared, context: context)
    }
  }
}
