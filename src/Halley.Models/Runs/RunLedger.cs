using System.Globalization;
using System.Text.Json;

namespace Halley.Models;

/// <summary>Every fit, tuning and import of a project: an append-only file of JSON lines in the project's folder.</summary>
/// <remarks>
/// A line is on the disk before <see cref="Append"/> returns. A crash in the middle of one loses that line only: it is set aside in
/// <c>runs.jsonl.torn</c>. Two processes take turns through a lock file.
/// </remarks>
public sealed class RunLedger
{
    public const string FileName = "runs.jsonl";

    readonly AppendOnlyLines lines;
    readonly TimeProvider clock;

    /// <param name="folder">The project's folder; it is made when the first run is appended.</param>
    /// <param name="clock">Stamps the runs.</param>
    public RunLedger(string folder, TimeProvider clock)
    {
        this.clock = clock;
        lines = new(System.IO.Path.Combine(folder, FileName));
    }

    public string Path => lines.Path;

    /// <summary>All runs, oldest first.</summary>
    /// <exception cref="HalleyException">HLY3203: a complete line is not a run; the message names it.</exception>
    public IReadOnlyList<RunRecord> List(RunFilter? filter = null) =>
        [.. Parse(lines.ReadAll()).Where(run => filter is null || filter.Allows(run))];

    /// <summary>The run of that id, or the one whose artefact hash starts with it.</summary>
    /// <exception cref="HalleyException">HLY3204: there is none, or more than one.</exception>
    public RunRecord Find(string id)
    {
        var runs = List();
        var found = runs.Where(run => run.Id == id).ToList();
        if (found.Count == 0 && id.Length >= 6)
            found = [.. runs.Where(run => run.ArtefactHash.StartsWith(id, StringComparison.OrdinalIgnoreCase))];
        return found.Count switch
        {
            1 => found[0],
            0 => throw NoRun(id, runs),
            _ => throw new HalleyException(
                "HLY3204",
                $"'{id}' is the artefact of several runs: {string.Join(", ", found.Select(run => run.Id))}. Name one of them."
            ),
        };
    }

    /// <summary>Adds a run, giving it its id, its time, and its changes against its parent.</summary>
    /// <returns>The run as written.</returns>
    /// <exception cref="HalleyException">HLY3201 to HLY3204: locked by another process, disk refused, ledger damaged, unknown parent.</exception>
    public RunRecord Append(RunEntry entry)
    {
        RunRecord? written = null;
        lines.Append(present =>
        {
            written = Complete(entry, Parse(present));
            return ModelJson.Write(written);
        });
        return written!;
    }

    /// <summary>Two runs side by side.</summary>
    public RunComparison Compare(string firstId, string secondId) => RunComparison.Of(Find(firstId), Find(secondId));

    /// <summary>Fits a run again, and tells whether the same bytes came out.</summary>
    /// <inheritdoc cref="Reproduction.Of"/>
    public Reproduction Reproduce(
        string id,
        Table table,
        int threads = 0,
        IProgress<FitProgress>? progress = null,
        CancellationToken cancellation = default
    ) => Reproduction.Of(Find(id), table, threads, progress, cancellation: cancellation);

    RunRecord Complete(RunEntry entry, IReadOnlyList<RunRecord> present)
    {
        var parent = entry.Parent is null
            ? present.LastOrDefault(run => run.Model == entry.Model && run.Kind != RunKind.Import)
            : present.FirstOrDefault(run => run.Id == entry.Parent) ?? throw NoRun(entry.Parent, present);
        return new RunRecord
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"r{present.Count + 1}"),
            Kind = entry.Kind,
            Time = clock.GetUtcNow(),
            Model = entry.Model,
            Parent = parent?.Id,
            Spec = entry.Spec,
            Inputs = entry.Inputs,
            SpecHash = entry.Spec?.Hash().Hex,
            Changes = parent?.Spec is null || entry.Spec is null ? [] : SpecDiff.Between(parent.Spec, entry.Spec),
            Data = entry.Data,
            DataFingerprint = entry.DataFingerprint,
            Metrics = entry.Metrics,
            Seconds = entry.Elapsed.TotalSeconds,
            ArtefactHash = entry.ArtefactHash,
            ArtefactPath = entry.ArtefactPath,
            CodeVersion = CodeVersion.Current,
            Note = entry.Note,
            Streamed = entry.Streamed ? true : null,
        };
    }

    List<RunRecord> Parse(IReadOnlyList<string> text)
    {
        var runs = new List<RunRecord>(text.Count);
        for (var i = 0; i < text.Count; i++)
        {
            try
            {
                runs.Add(ModelJson.Read<RunRecord>(text[i]));
            }
            catch (JsonException problem)
            {
                throw new HalleyException(
                    "HLY3203",
                    $"'{Path}', line {(i + 1).ToString(CultureInfo.InvariantCulture)} is not a run: {problem.Message} "
                        + "The ledger is only ever added to; restore the line from a copy, or move it to another file.",
                    FaultKind.CheckFailed,
                    problem
                );
            }
        }
        return runs;
    }

    static HalleyException NoRun(string id, IReadOnlyList<RunRecord> runs) =>
        new(
            "HLY3204",
            runs.Count == 0
                ? $"there is no run '{id}': the ledger is empty. Fit a model first."
                : $"there is no run '{id}'. The latest are {string.Join(", ", runs.TakeLast(5).Select(run => run.Id))}; 'halley runs' lists them all."
        );
}
