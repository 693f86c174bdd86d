using System.Buffers;
using System.Text.Json;

namespace Halley.Models;

/// <summary>A model as one data-only file that checks itself: header, scorer, and rows with their expected outputs.</summary>
/// <remarks>
/// Reading trusts nothing: sizes before use, a hash of each section and of the whole, the header's members, and at last the check rows,
/// whose scores must agree to the bit. The identity of a model is the hash of its file.
/// </remarks>
public static class Artefact
{
    public const string FileExtension = ".hlm";

    const string HeaderSection = "header";
    const string ScorerSection = "scorer";
    const string ChecksSection = "checks";

    /// <summary>The whole artefact of the model below; only where there is one.</summary>
    const string OffsetSection = "offset";

    /// <summary>The file's bytes; equal models give equal bytes.</summary>
    public static byte[] ToBytes(FittedModel model)
    {
        var scorer = new ArrayBufferWriter<byte>();
        ScorerFormats.Named(model.Header.ScorerFormat).Write(model.Scorer, scorer);
        var header = new ArtefactSection(HeaderSection, ModelJson.WriteUtf8(model.Header));
        var own = new ArtefactSection(ScorerSection, scorer.WrittenMemory);
        var checks = new ArtefactSection(ChecksSection, CheckRowsFormat.Write(model.CheckRows));
        return model.OffsetModel is { } below
            ? ArtefactContainer.Compose(header, own, checks, new(OffsetSection, ToBytes(below)))
            : ArtefactContainer.Compose(header, own, checks);
    }

    /// <summary>Writes the file whole or not at all: beside it first, then moved into its place.</summary>
    /// <returns>The identity.</returns>
    /// <exception cref="HalleyException">HLY3111: the disk refused.</exception>
    public static ContentHash Write(FittedModel model, string path)
    {
        var bytes = ToBytes(model);
        try
        {
            var partial = path + ".partial";
            using (var file = new FileStream(partial, FileMode.Create, FileAccess.Write))
            {
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }
            File.Move(partial, path, overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw ArtefactErrors.Unwritable(path, problem);
        }
        return HashOf(bytes);
    }

    /// <summary>The identity of a well-formed file's bytes.</summary>
    public static ContentHash HashOf(ReadOnlyMemory<byte> bytes) => ArtefactContainer.Open(bytes).Hash;

    /// <summary>Reads and checks a file.</summary>
    /// <exception cref="HalleyException">HLY3101 to HLY3110: what is wrong with it.</exception>
    public static FittedModel Read(string path)
    {
        try
        {
            // The size on the disk bounds what is read.
            var length = new FileInfo(path).Length;
            if (length > ArtefactLayout.MaximumBytes)
                throw ArtefactErrors.TooLarge(length);
            return Read(File.ReadAllBytes(path));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw ArtefactErrors.Unreadable(path, problem);
        }
    }

    /// <summary>Reads and checks the bytes of a file.</summary>
    /// <inheritdoc cref="Read(string)"/>
    public static FittedModel Read(ReadOnlyMemory<byte> bytes) => Read(bytes, OffsetModels.MostLayers);

    /// <param name="layers">Models that may stand on one another here: a file must not make its reader call itself without end.</param>
    static FittedModel Read(ReadOnlyMemory<byte> bytes, int layers)
    {
        // 1. The container: sizes and hashes.
        if (bytes.Length > ArtefactLayout.MaximumBytes)
            throw ArtefactErrors.TooLarge(bytes.Length);
        var container = ArtefactContainer.Open(bytes);
        // 2. The header, whose spec must be one that could have been fitted.
        var header = ReadHeader(container[HeaderSection].Span);
        // 3. The scorer, and whether it fits the header.
        var scorer = ScorerFormats.Named(header.ScorerFormat).Read(container[ScorerSection]);
        var checks = CheckRowsFormat.Read(
            container[ChecksSection].Span,
            HeaderChecks.ScoreInputs(header),
            ModelOutputs.CountOf(header.Spec)
        );
        var below = header.Spec is { OffsetModel: { } offset, Learner: BoostingLearner }
            ? ReadBelow(header.Spec, offset, container[OffsetSection], layers - 1)
            : null;
        var model = Assemble(header, scorer, checks, below);
        // 4. The check rows.
        ArtefactCheck.Run(model);
        return model;
    }

    static FittedModel ReadBelow(ModelSpec spec, ModelOffset offset, ReadOnlyMemory<byte> bytes, int layers)
    {
        if (layers == 0)
            throw ArtefactErrors.Structure($"more than {OffsetModels.MostLayers} models stand on one another");
        var model = Read(bytes, layers);
        if (model.Name != offset.Model || HashOf(bytes).Hex != offset.Hash)
            throw ArtefactErrors.Structure("the model in it is not the one that its spec stands on");
        return OffsetModels.ProblemsOf(spec, model) is { Count: > 0 } problems
            ? throw ArtefactErrors.Structure($"it can't stand on the model in it: {problems[0]}")
            : model;
    }

    static ModelHeader ReadHeader(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var header = ModelJson.Read<ModelHeader>(utf8);
            HeaderChecks.Run(header);
            return header;
        }
        // A member that stands twice in a spec is told as an argument that is wrong.
        catch (Exception problem) when (problem is JsonException or ArgumentException)
        {
            throw ArtefactErrors.Header(problem.Message, problem);
        }
    }

    static FittedModel Assemble(ModelHeader header, IScorer scorer, CheckRows checks, FittedModel? below)
    {
        try
        {
            var model = new FittedModel(header, scorer, checks, below);
            ModelPlan.Of(
                model,
                model.ScoreInputs.Fields.Select(field => (field.Name, Halley.Data.Expressions.SlotType.Of(field)))
            );
            return model;
        }
        catch (HalleyException problem)
        {
            throw ArtefactErrors.Header($"header and scorer do not fit together: {problem.Message}", problem);
        }
    }
}
