using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Halley.Bench;

/// <summary>What the disk itself allows: 64 kB appended and synced, one after the other.</summary>
static partial class SyncLoop
{
    const int Block = 65_536;

    /// <summary>Milliseconds of each write with its sync, in rising order.</summary>
    public static double[] Milliseconds(string folder, TimeSpan length)
    {
        var path = Path.Combine(folder, "sync-loop");
        var block = new byte[Block];
        Random.Shared.NextBytes(block);
        var taken = new List<double>();
        using (var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write))
        {
            var clock = Stopwatch.StartNew();
            for (var place = 0L; clock.Elapsed < length; place += Block)
            {
                var start = Stopwatch.GetTimestamp();
                RandomAccess.Write(file, block, place);
                if (Sync(file) != 0)
                    throw new IOException($"fdatasync failed with {Marshal.GetLastPInvokeError()}.");
                taken.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }
        File.Delete(path);
        taken.Sort();
        return [.. taken];
    }

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int Sync(SafeFileHandle file);
}
