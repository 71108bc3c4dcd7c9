/// How bytes from the network are read that a library in C takes apart: by the program itself in a process of its own, which can open
/// nothing, has so much memory and time, and whose end harms nobody else.
package struct Confinement: Sendable {
  /// The program that is run; it must do as ``ConfinedProgram`` does.
  package var program: String
  /// What it is called with, before what ``ConfinedReading`` adds.
  package var arguments: [String]
  /// How many bytes of memory it may take beyond what it has when it begins.
  package var memory = 512 << 20
  /// How much processor time it may take, in seconds.
  package var processorSeconds = 300
  /// How long it may neither read nor write, in seconds.
  package var idleSeconds = 60
  /// How many bytes it may write, where ``outputRatio`` does not allow more.
  package var output = 1 << 30
  /// How many bytes it may write for each that it has read.
  package var outputRatio = 32

  /// The process's own program, called by the name of the command that does this.
  package static let ownProgram = Confinement(program: "/proc/self/exe", arguments: ["read-rdfxml"])

  /// A program, with the usual limits.
  package init(program: String, arguments: [String]) {
    self.program = program
    self.arguments = arguments
  }
}
