package import Bytes

/// Memory for texts that are worked out, which stay where they are until all are forgotten at once. Not for two threads.
package final class TextScratch {
  private var chunks: [(memory: UnsafeMutablePointer<UInt8>, capacity: Int)] = []
  /// The chunk that is being filled.
  private var current = 0
  private var used = 0
  private static let chunkSize = 1 << 16

  /// No texts.
  package init() {}

  deinit { for chunk in chunks { chunk.memory.deallocate() } }

  /// How many bytes are in use, for budgets.
  package private(set) var count = 0

  /// Forgets all texts; the memory of ordinary ones is kept.
  package func reset() {
    while let last = chunks.last, chunks.count > 1 || last.capacity > Self.chunkSize {
      last.memory.deallocate()
      chunks.removeLast()
    }
    current = 0
    used = 0
    count = 0
  }

  /// Room for `length` bytes, with slack for kernels that copy whole vectors.
  package func room(for length: Int) -> UnsafeMutablePointer<UInt8> {
    let wanted = length + ByteBuffer.slack
    if current >= chunks.count || used + wanted > chunks[current].capacity {
      let capacity = max(wanted, Self.chunkSize)
      chunks.append((.allocate(capacity: capacity), capacity))
      current = chunks.count - 1
      used = 0
    }
    let start = chunks[current].memory + used
    used += length
    count += length
    return start
  }

  /// A copy of these bytes that stays.
  package func copy(_ view: ByteView) -> ByteView {
    if view.isEmpty { return .empty }
    let start = room(for: view.count)
    start.update(from: view.start, count: view.count)
    return ByteView(UnsafePointer(start), count: view.count)
  }
}
