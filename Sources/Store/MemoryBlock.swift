import Glibc

/// Blocks of memory. Large ones are mapped from the system and go back to it when they are freed, whatever lies around them: the C library
/// keeps blocks of some megabytes that it has once freed.
struct MemoryBlock {
  /// Spare bytes behind every block, so that whole words may be read there.
  private static let slack = 16
  private static let leastMapped = 1 << 18
  private static let pageSize = Int(sysconf(Int32(_SC_PAGESIZE)))

  let start: UnsafeMutableRawPointer
  /// How many bytes may be used.
  let size: Int
  private let mapped: Int

  /// A block of at least `size` bytes, not initialised.
  init(size: Int) {
    let wanted = size + Self.slack
    if wanted >= Self.leastMapped {
      let whole = (wanted + Self.pageSize - 1) / Self.pageSize * Self.pageSize
      if let block = mmap(nil, whole, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), block != MAP_FAILED {
        start = block
        mapped = whole
        self.size = whole - Self.slack
        return
      }
    }
    // Where there is no memory left, the runtime says so and ends the program.
    start = .allocate(byteCount: wanted, alignment: 16)
    mapped = 0
    self.size = size
  }

  private init(start: UnsafeMutableRawPointer, mapped: Int) {
    self.start = start
    self.mapped = mapped
    size = mapped - Self.slack
  }

  /// Gives the block back.
  func free() {
    if mapped > 0 { munmap(start, mapped) } else { start.deallocate() }
  }

  /// The block without the pages after its first `used` bytes. This value must not be used any more.
  func shrunk(to used: Int) -> MemoryBlock {
    let whole = (used + Self.slack + Self.pageSize - 1) / Self.pageSize * Self.pageSize
    if mapped > whole {
      munmap(start + whole, mapped - whole)
      return MemoryBlock(start: start, mapped: whole)
    }
    if mapped > 0 || size <= used + 64 { return self }
    return moved(to: used, keeping: used)
  }

  /// A block of another size with the first `used` bytes of this one, which is freed.
  func moved(to size: Int, keeping used: Int) -> MemoryBlock {
    let other = MemoryBlock(size: size)
    memcpy(other.start, start, used)
    free()
    return other
  }
}
