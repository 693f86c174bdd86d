using System.Numerics;

namespace Halley.Bench;

/// <summary>Bytes a second that this machine reads from memory and from the second cache of a core, measured.</summary>
/// <param name="Memory">All threads together, from an array beyond any cache.</param>
/// <param name="Cache">All threads together, each from an array of its own that its second cache holds.</param>
readonly record struct Bandwidth(double Memory, double Cache)
{
    const int MemoryBytes = 1 << 30;
    const int CacheBytes = 1 << 18;
    const int CachePasses = 4096;
    const int Repetitions = 5;

    /// <param name="threads">That read at once.</param>
    internal static Bandwidth Measure(int threads)
    {
        var share = MemoryBytes / sizeof(double) / threads;
        var large = Enumerable.Range(0, threads).Select(_ => Filled(share)).ToArray();
        var memory = Best(threads, thread => Read(large[thread], 1), (double)share * sizeof(double) * threads);
        var small = Enumerable.Range(0, threads).Select(_ => Filled(CacheBytes / sizeof(double))).ToArray();
        var cache = Best(threads, thread => Read(small[thread], CachePasses), (double)CacheBytes * CachePasses * threads);
        return new(memory, cache);
    }

    static double Best(int threads, Func<int, double> read, double bytes)
    {
        var sums = new double[threads];
        var best = Enumerable
            .Range(0, Repetitions)
            .Min(_ =>
                Paired.Seconds(() =>
                {
                    var readers = Enumerable
                        .Range(0, threads)
                        .Select(thread => new Thread(() => sums[thread] = read(thread)))
                        .ToArray();
                    foreach (var reader in readers)
                        reader.Start();
                    foreach (var reader in readers)
                        reader.Join();
                })
            );
        GC.KeepAlive(sums);
        return bytes / best;
    }

    static double Read(double[] values, int passes)
    {
        var (first, second, third, fourth) = (Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero);
        var width = Vector<double>.Count;
        for (var pass = 0; pass < passes; pass++)
        {
            for (var at = 0; at <= values.Length - 4 * width; at += 4 * width)
            {
                first += new Vector<double>(values, at);
                second += new Vector<double>(values, at + width);
                third += new Vector<double>(values, at + 2 * width);
                fourth += new Vector<double>(values, at + 3 * width);
            }
        }
        return Vector.Sum(first + second + third + fourth);
    }

    static double[] Filled(int count)
    {
        var values = new double[count];
        Array.Fill(values, 1);
        return values;
    }
}
