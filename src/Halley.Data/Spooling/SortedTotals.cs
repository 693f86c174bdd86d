using System.Runtime.InteropServices;

namespace Halley.Data;

/// <summary>Two totals by key, in rising order of the keys, of any number of rows: runs that are sorted and summed, and merged at the end.</summary>
/// <remarks>Memory holds one run, and of each of the others a short part; the rest is in a temporary file where a folder is named.</remarks>
/// <param name="folder">Folder of the temporary file; null to keep all in memory.</param>
public sealed class SortedTotals(string? folder) : IDisposable
{
    const int RunRows = 1 << 18;

    /// <summary>Keys of a run in memory at a time while runs are merged.</summary>
    const int PartRows = 1024;

    readonly List<(long Start, int Count)> runs = [];
    readonly List<Totals[]> held = [];
    Totals[] open = new Totals[256];
    SpoolFile? file;
    int count;

    /// <summary>What a key has.</summary>
    readonly record struct Totals(double Key, double First, double Second);

    /// <param name="key">A number or infinity; 0 and −0 are one key.</param>
    public void Add(double key, double first, double second = 0)
    {
        if (count == open.Length)
            MakeRoom();
        open[count++] = new(key, first, second);
    }

    /// <summary>Shows each key once with its totals, in rising order; nothing can be added afterwards.</summary>
    public void ForEach(Action<double, double, double> visit)
    {
        Sum();
        if (runs.Count + held.Count == 0)
        {
            foreach (var totals in open.AsSpan(0, count))
                visit(totals.Key, totals.First, totals.Second);
            return;
        }
        Store();
        Merge(visit);
    }

    public void Dispose() => file?.Dispose();

    void MakeRoom()
    {
        if (open.Length < RunRows)
        {
            Array.Resize(ref open, open.Length * 2);
            return;
        }
        Sum();
        // A run of few keys goes on growing; one of many is put away.
        if (count > RunRows / 2)
            Store();
    }

    /// <summary>Sorts the open run and sums rows of one key.</summary>
    void Sum()
    {
        var rows = open.AsSpan(0, count);
        rows.Sort(static (one, other) => one.Key.CompareTo(other.Key));
        var last = -1;
        foreach (var row in rows)
        {
            if (last >= 0 && open[last].Key == row.Key)
                open[last] = new(row.Key, open[last].First + row.First, open[last].Second + row.Second);
            else
                open[++last] = row;
        }
        count = last + 1;
    }

    void Store()
    {
        var rows = open.AsSpan(0, count);
        if (folder is null)
            held.Add(rows.ToArray());
        else
            runs.Add(((file ??= new(folder)).Append(MemoryMarshal.AsBytes(rows)), count));
        count = 0;
    }

    void Merge(Action<double, double, double> visit)
    {
        Reader[] readers =
        [
            .. held.Select(run => new Reader(run)),
            .. runs.Select(run => new Reader(file!, run.Start, run.Count)),
        ];
        // Of one key the earlier run comes first, so that sums have one order.
        var queue = new PriorityQueue<int, (double Key, int Run)>();
        for (var run = 0; run < readers.Length; run++)
        {
            if (readers[run].Next())
                queue.Enqueue(run, (readers[run].Current.Key, run));
        }
        Totals? sum = null;
        while (queue.TryDequeue(out var run, out _))
        {
            var next = readers[run].Current;
            if (sum is { } same && same.Key == next.Key)
            {
                sum = new(next.Key, same.First + next.First, same.Second + next.Second);
            }
            else
            {
                if (sum is { } done)
                    visit(done.Key, done.First, done.Second);
                sum = next;
            }
            if (readers[run].Next())
                queue.Enqueue(run, (readers[run].Current.Key, run));
        }
        if (sum is { } final)
            visit(final.Key, final.First, final.Second);
    }

    /// <summary>A run, key after key.</summary>
    sealed class Reader
    {
        readonly SpoolFile? file;
        readonly Totals[] part;
        long start;
        int left;
        int filled;
        int position = -1;

        internal Reader(Totals[] run) => (part, filled) = (run, run.Length);

        internal Reader(SpoolFile file, long start, int count) =>
            (this.file, this.start, left, part) = (file, start, count, new Totals[Math.Min(PartRows, count)]);

        internal Totals Current => part[position];

        internal bool Next()
        {
            if (++position < filled)
                return true;
            filled = Math.Min(left, part.Length);
            if (file is null || filled == 0)
                return false;
            var bytes = MemoryMarshal.AsBytes(part.AsSpan(0, filled));
            file.Read(start, bytes);
            (start, left, position) = (start + bytes.Length, left - filled, 0);
            return true;
        }
    }
}
