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

    /// <summary>A column that is no feature, on the rows of a chunk. Shape (n).</summary>
    /// <param name="part">A chunk as <see cref="ForEach(GlmProblem, Action{GlmProblem})"/> shows it.</param>
    internal double[] Column(GlmProblem part, string role)
    {
        var values = new double[part.RowCount];
        ChunkColumns.Load(spool, part.FirstRow / spool.ChunkRows, [role], buffers).Read(role, 0, values);
        return values;
    }

    /// <summary>The clusters' number, where rows are in clusters.</summary>
    internal int ClusterCount { get; init; }

    /// <summary>How rows are dealt out to folds, where some are held out; null elsewhere.</summary>
    internal StreamedFolds? Folds { get; init; }

    static GlmProblem Part(GlmProblem problem, RowChunk chunk)
    {
        var part = problem with
        {
            Target = chunk.Target,
            Weight = chunk.Weight,
            Offset = chunk.Offset,
            Size = chunk.Size,
            FirstRow = chunk.FirstRow,
            Chunks = null,
            Reweigh = null,
        };
        return problem.Reweigh is { } rule ? part with { Weight = rule(part) } : part;
    }

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
        return new(chunk * spool.ChunkRows, columns, roles[0], roles[1], roles[2], roles[3]);
    }
}
