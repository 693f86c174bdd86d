using Halley.Data;
using Halley.Kernels;

namespace Halley.Glm;

/// <summary>The learn rows of a streamed fit: a chunk is in memory while a pass is at it.</summary>
/// <remarks>Not for use by two threads at once: passes share their room. Work within a chunk is spread over threads.</remarks>
sealed class ChunkedRows(RowSpool spool, IReadOnlyList<string> features)
{
    readonly Dictionary<string, byte[]> buffers = new(StringComparer.Ordinal);
    readonly double[][] roles = [.. RoleNames.All.Select(_ => Array.Empty<double>())];

    internal int RowCount => spool.RowCount;

    /// <summary>Told how much of each pass is done, in [0, 1]; null for nobody.</summary>
    internal Action<double>? Report { get; set; }

    /// <summary>No rows, for the shape of a design.</summary>
    internal LearnColumns Empty => ChunkColumns.Empty(spool);

    /// <summary>Shows the rows, chunk after chunk, beside their part of the design.</summary>
    internal void ForEach(
        GlmProblem problem,
        GlmDesign design,
        Action<GlmProblem, GlmDesign> work,
        CancellationToken cancellation
    ) => ForEach(problem, chunk => work(Part(problem, chunk), design.OnChunk!(chunk)), cancellation);

    /// <summary>Shows target, weight, offset and size of the rows, chunk after chunk.</summary>
    internal void ForEach(GlmProblem problem, Action<GlmProblem> work)
    {
        for (var chunk = 0; chunk < spool.ChunkCount; chunk++)
            work(Part(problem, Load(chunk, [], problem.Threads)));
    }

    /// <summary>Shows the rows with all that terms read of them, chunk after chunk.</summary>
    internal void ForEach(GlmProblem problem, Action<RowChunk> work, CancellationToken cancellation)
    {
        for (var chunk = 0; chunk < spool.ChunkCount; chunk++)
        {
            cancellation.ThrowIfCancellationRequested();
            work(Load(chunk, features, problem.Threads));
            Report?.Invoke((chunk + 1.0) / spool.ChunkCount);
        }
    }

    static GlmProblem Part(GlmProblem problem, RowChunk chunk) =>
        problem with
        {
            Target = chunk.Target,
            Weight = chunk.Weight,
            Offset = chunk.Offset,
            Size = chunk.Size,
            Chunks = null,
        };

    RowChunk Load(int chunk, IReadOnlyList<string> names, int threads)
    {
        var columns = ChunkColumns.Load(spool, chunk, names.Concat(RoleNames.All.Take(4)), buffers);
        for (var r = 0; r < 4; r++)
        {
            if (roles[r].Length != columns.RowCount)
                roles[r] = new double[columns.RowCount];
            var (name, values) = (RoleNames.All[r], roles[r]);
            RowBlocks.For(values.Length, threads, block => columns.Read(name, block.Start, block.Of(values)));
        }
        return new(columns, roles[0], roles[1], roles[2], roles[3]);
    }
}
