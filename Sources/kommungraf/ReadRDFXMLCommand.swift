import ArgumentParser
import Problems
import RDFSyntax

/// `kommungraf read-rdfxml`: what the program calls itself with to read RDF/XML from the network; not for people.
struct ReadRDFXMLCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "read-rdfxml", abstract: "Read RDF/XML in a process that can do nothing else.", shouldDisplay: false)

  @Option var memory: Int
  @Option(name: .customLong("processor-seconds")) var processorSeconds: Int
  @Option var depth: Int
  @Flag(name: .customLong("keep-going")) var keepGoing = false

  func run() throws {
    try ConfinedProgram.run(
      ConfinedProgram.Options(memory: memory, processorSeconds: processorSeconds, depthLimit: depth, keepGoing: keepGoing))
  }
}
