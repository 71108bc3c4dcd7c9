import CRaptor
import Synchronization

/// Raptor's state for the length of one reading. Worlds share nothing, but opening and closing them does: libxslt keeps settings of
/// the whole process, and a world that is closed takes away what libxml2 keeps for all threads, while others read XML by it. So worlds are never
/// closed: one that has been read with is used again, and there are as many as documents have been read at once.
struct RaptorWorld: ~Copyable {
  /// The worlds that nobody reads with.
  private static let idle = Mutex<[Opened]>([])
  /// Raptor's own handle.
  let handle: OpaquePointer

  /// Nil where there is no memory for it.
  init?() {
    // Opened one at a time.
    let opened = Self.idle.withLock { idle in idle.popLast() ?? Opened(pointer: Self.open()) }
    guard let pointer = opened.pointer else { return nil }
    handle = pointer
  }

  deinit {
    raptor_world_set_log_handler(handle, nil, nil)
    raptor_world_set_generate_bnodeid_handler(handle, nil, nil)
    let resting = Opened(pointer: handle)
    Self.idle.withLock { $0.append(resting) }
  }

  private static func open() -> OpaquePointer? {
    guard let world = raptor_new_world_internal(UInt32(RAPTOR_VERSION)) else { return nil }
    // The handlers of libxml2 that are the process's own stay as they are; a reading has handlers of its own.
    raptor_world_set_flag(world, RAPTOR_WORLD_FLAG_LIBXML_GENERIC_ERROR_SAVE, 0)
    raptor_world_set_flag(world, RAPTOR_WORLD_FLAG_LIBXML_STRUCTURED_ERROR_SAVE, 0)
    // Nothing is fetched, so libcurl needs no state.
    raptor_world_set_flag(world, RAPTOR_WORLD_FLAG_WWW_SKIP_INIT_FINISH, 1)
    // One that can't be opened is not closed either.
    return raptor_world_open(world) == 0 ? world : nil
  }

  /// A handle that goes from thread to thread; only one at a time reads with it.
  private struct Opened: @unchecked Sendable {
    let pointer: OpaquePointer?
  }
}
