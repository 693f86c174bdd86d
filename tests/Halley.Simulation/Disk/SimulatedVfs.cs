using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Halley.Simulation;

/// <summary>SQLite's view of the simulated disks: every file that this process opens through SQLite lies on one.</summary>
/// <remarks>Source of the two tables: sqlite3.h, sqlite3_vfs and sqlite3_io_methods, version 2 of each.</remarks>
static unsafe class SimulatedVfs
{
    const int OpenCreate = 0x4;
    const int MaximumPath = 1024;

    static readonly Lock Gate = new();
    static bool isRegistered;
    static Methods* methods;
    static readonly ConcurrentDictionary<string, SimulatedDisk> Disks = new(StringComparer.Ordinal);
    static readonly ConcurrentDictionary<long, SimulatedDisk> Opened = new();
    static readonly SimulatedDisk Scratch = new();
    static long lastHandle;

    /// <summary>Puts a disk where files are opened as <c>ROOT/PROCESS/NAME</c>, until <see cref="Remove"/>.</summary>
    internal static void Mount(string root, SimulatedDisk disk)
    {
        Disks[root] = disk;
        lock (Gate)
        {
            if (isRegistered)
                return;
            methods = MakeMethods();
            var result = sqlite3_vfs_register(MakeVfs(), 1);
            isRegistered = result == SqliteCode.Ok ? true : throw new InvalidOperationException($"SQLite said {result}.");
        }
    }

    internal static void Remove(string root) => Disks.TryRemove(root, out _);

    static SimulatedDisk DiskOf(string path) =>
        Disks.TryGetValue(Path.GetDirectoryName(Path.GetDirectoryName(path)) ?? "", out var disk) ? disk : Scratch;

    [StructLayout(LayoutKind.Sequential)]
    struct Handle
    {
        internal Methods* Methods;
        internal long Id;
    }

    [StructLayout(LayoutKind.Sequential)]
    struct Methods
    {
        internal int Version;
        internal delegate* unmanaged[Cdecl]<Handle*, int> Close;
        internal delegate* unmanaged[Cdecl]<Handle*, byte*, int, long, int> Read;
        internal delegate* unmanaged[Cdecl]<Handle*, byte*, int, long, int> Write;
        internal delegate* unmanaged[Cdecl]<Handle*, long, int> Truncate;
        internal delegate* unmanaged[Cdecl]<Handle*, int, int> Sync;
        internal delegate* unmanaged[Cdecl]<Handle*, long*, int> FileSize;
        internal delegate* unmanaged[Cdecl]<Handle*, int, int> Lock;
        internal delegate* unmanaged[Cdecl]<Handle*, int, int> Unlock;
        internal delegate* unmanaged[Cdecl]<Handle*, int*, int> CheckReserved;
        internal delegate* unmanaged[Cdecl]<Handle*, int, void*, int> FileControl;
        internal delegate* unmanaged[Cdecl]<Handle*, int> SectorSize;
        internal delegate* unmanaged[Cdecl]<Handle*, int> Characteristics;
        internal delegate* unmanaged[Cdecl]<Handle*, int, int, int, void**, int> MemoryMap;
        internal delegate* unmanaged[Cdecl]<Handle*, int, int, int, int> MemoryLock;
        internal delegate* unmanaged[Cdecl]<Handle*, void> MemoryBarrier;
        internal delegate* unmanaged[Cdecl]<Handle*, int, int> MemoryUnmap;
    }

    [StructLayout(LayoutKind.Sequential)]
    struct Vfs
    {
        internal int Version;
        internal int HandleSize;
        internal int MaximumPath;
        internal void* Next;
        internal byte* Name;
        internal void* Data;
        internal delegate* unmanaged[Cdecl]<void*, byte*, Handle*, int, int*, int> Open;
        internal delegate* unmanaged[Cdecl]<void*, byte*, int, int> Delete;
        internal delegate* unmanaged[Cdecl]<void*, byte*, int, int*, int> Access;
        internal delegate* unmanaged[Cdecl]<void*, byte*, int, byte*, int> FullPath;
        internal void* LibraryOpen;
        internal void* LibraryError;
        internal void* LibrarySymbol;
        internal void* LibraryClose;
        internal delegate* unmanaged[Cdecl]<void*, int, byte*, int> Randomness;
        internal delegate* unmanaged[Cdecl]<void*, int, int> Sleep;
        internal delegate* unmanaged[Cdecl]<void*, double*, int> Time;
        internal delegate* unmanaged[Cdecl]<void*, int, byte*, int> LastError;
        internal delegate* unmanaged[Cdecl]<void*, long*, int> Milliseconds;
    }

    static Methods* MakeMethods()
    {
        var table = (Methods*)NativeMemory.AllocZeroed((nuint)sizeof(Methods));
        *table = new()
        {
            Version = 2,
            Close = &Close,
            Read = &Read,
            Write = &Write,
            Truncate = &Truncate,
            Sync = &Sync,
            FileSize = &FileSize,
            Lock = &LockFile,
            Unlock = &UnlockFile,
            CheckReserved = &CheckReserved,
            FileControl = &FileControl,
            SectorSize = &SectorSize,
            Characteristics = &Characteristics,
            MemoryMap = &MemoryMap,
            MemoryLock = &MemoryLock,
            MemoryBarrier = &MemoryBarrier,
            MemoryUnmap = &MemoryUnmap,
        };
        return table;
    }

    static Vfs* MakeVfs()
    {
        var table = (Vfs*)NativeMemory.AllocZeroed((nuint)sizeof(Vfs));
        *table = new()
        {
            Version = 2,
            HandleSize = sizeof(Handle),
            MaximumPath = MaximumPath,
            Name = (byte*)Marshal.StringToCoTaskMemUTF8("simulated"),
            Open = &Open,
            Delete = &Delete,
            Access = &Access,
            FullPath = &FullPath,
            Randomness = &Randomness,
            Sleep = &Sleep,
            Time = &Time,
            LastError = &LastError,
            Milliseconds = &Milliseconds,
        };
        return table;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Open(void* vfs, byte* path, Handle* handle, int flags, int* outFlags)
    {
        // A temporary file has no name.
        var name = path is null ? null : Text(path);
        var (id, disk) = (Interlocked.Increment(ref lastHandle), name is null ? Scratch : DiskOf(name));
        var isOpen = disk.Open(id, name, path is null || (flags & OpenCreate) != 0);
        *handle = new() { Methods = isOpen ? methods : null, Id = id };
        if (isOpen)
            Opened[id] = disk;
        if (outFlags is not null)
            *outFlags = flags;
        return isOpen ? SqliteCode.Ok : SqliteCode.CannotOpen;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Delete(void* vfs, byte* path, int syncFolder) =>
        DiskOf(Text(path)).Delete(Text(path)) ? SqliteCode.Ok : SqliteCode.IoErrorNotThere;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Access(void* vfs, byte* path, int flags, int* result)
    {
        *result = DiskOf(Text(path)).Exists(Text(path)) ? 1 : 0;
        return SqliteCode.Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int FullPath(void* vfs, byte* path, int size, byte* into)
    {
        var source = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(path);
        if (source.Length >= size)
            return SqliteCode.CannotOpen;
        source.CopyTo(new Span<byte>(into, size));
        into[source.Length] = 0;
        return SqliteCode.Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Randomness(void* vfs, int count, byte* into)
    {
        // Salts of the log and names of temporary files: any numbers do, and the same ones repeat a history.
        for (var i = 0; i < count; i++)
            into[i] = (byte)(i * 37 + 11);
        return count;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Sleep(void* vfs, int microseconds)
    {
        Thread.Yield();
        return microseconds;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Time(void* vfs, double* days)
    {
        *days = 2461000.5;
        return SqliteCode.Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Milliseconds(void* vfs, long* milliseconds)
    {
        *milliseconds = 212_630_443_200_000;
        return SqliteCode.Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int LastError(void* vfs, int size, byte* into) => SqliteCode.Ok;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Close(Handle* handle)
    {
        if (Opened.TryRemove(handle->Id, out var disk))
            disk.Close(handle->Id);
        return SqliteCode.Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Read(Handle* handle, byte* into, int count, long place) =>
        Opened[handle->Id]
            .On(
                handle->Id,
                file => file.Read(new Span<byte>(into, count), place) == count ? SqliteCode.Ok : SqliteCode.IoErrorShortRead
            );

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Write(Handle* handle, byte* from, int count, long place) =>
        Opened[handle->Id]
            .OnWrite(
                handle->Id,
                file =>
                {
                    file.Write(new ReadOnlySpan<byte>(from, count), place);
                    return SqliteCode.Ok;
                }
            );

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Truncate(Handle* handle, long length) =>
        Opened[handle->Id]
            .OnWrite(
                handle->Id,
                file =>
                {
                    file.Truncate(length);
                    return SqliteCode.Ok;
                }
            );

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Sync(Handle* handle, int flags) => Opened[handle->Id].Sync(handle->Id);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int FileSize(Handle* handle, long* size) =>
        Opened[handle->Id]
            .On(
                handle->Id,
                file =>
                {
                    *size = file.Length;
                    return SqliteCode.Ok;
                }
            );

    /// <summary>1 shared, 2 reserved, 3 pending, 4 exclusive.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int LockFile(Handle* handle, int level)
    {
        var id = handle->Id;
        return Opened[id]
            .On(
                id,
                file =>
                {
                    var own = file.Locks.GetValueOrDefault(id);
                    var others = file.Locks.Where(held => held.Key != id).Select(held => held.Value).DefaultIfEmpty(0).Max();
                    var isFree = level switch
                    {
                        1 => others < 3,
                        2 => others < 2,
                        _ => others < 1,
                    };
                    if (isFree)
                        file.Locks[id] = Math.Max(own, level);
                    return isFree ? SqliteCode.Ok : SqliteCode.Busy;
                }
            );
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int UnlockFile(Handle* handle, int level)
    {
        var id = handle->Id;
        return Opened[id]
            .On(
                id,
                file =>
                {
                    if (file.Locks.GetValueOrDefault(id) > level)
                        file.Locks[id] = level;
                    return SqliteCode.Ok;
                }
            );
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int CheckReserved(Handle* handle, int* result) =>
        Opened[handle->Id]
            .On(
                handle->Id,
                file =>
                {
                    *result = file.Locks.Values.Any(level => level >= 2) ? 1 : 0;
                    return SqliteCode.Ok;
                }
            );

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int FileControl(Handle* handle, int operation, void* argument) => SqliteCode.NotFound;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int SectorSize(Handle* handle) => 512;

    /// <summary>A disk that promises nothing.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Characteristics(Handle* handle) => 0;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int MemoryMap(Handle* handle, int region, int size, int extend, void** memory)
    {
        var id = handle->Id;
        return Opened[id]
            .On(
                id,
                file =>
                {
                    *memory = file.Memory.Map(id, region, size, extend != 0);
                    return SqliteCode.Ok;
                }
            );
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int MemoryLock(Handle* handle, int first, int count, int flags)
    {
        const int Unlock = 1;
        const int Exclusive = 8;
        var id = handle->Id;
        return Opened[id]
            .On(
                id,
                file =>
                {
                    if ((flags & Unlock) == 0)
                        return file.Memory.TryLock(id, first, count, (flags & Exclusive) != 0) ? SqliteCode.Ok : SqliteCode.Busy;
                    file.Memory.Unlock(id, first, count);
                    return SqliteCode.Ok;
                }
            );
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void MemoryBarrier(Handle* handle) => Interlocked.MemoryBarrier();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int MemoryUnmap(Handle* handle, int delete)
    {
        var id = handle->Id;
        return Opened[id]
            .On(
                id,
                file =>
                {
                    file.Memory.Leave(id);
                    return SqliteCode.Ok;
                }
            );
    }

    static string Text(byte* text) => Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));

    [DllImport("e_sqlite3", CallingConvention = CallingConvention.Cdecl)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    static extern int sqlite3_vfs_register(Vfs* vfs, int makeDefault);
}
