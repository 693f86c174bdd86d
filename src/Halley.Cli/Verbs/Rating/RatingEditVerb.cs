using System.CommandLine;
using System.Globalization;
using Halley.Data;
using Halley.Glm;
using Halley.Models;
using Spectre.Console;

namespace Halley.Cli;

/// <summary><c>halley rating edit MODEL</c></summary>
sealed class RatingEditVerb()
    : Verb(
        "edit",
        "Change a rating table by hand: set, cap, round, group, smooth. Each edit is kept with who, when and why, and can be switched off."
    )
{
    readonly Argument<string> model = new("model") { Description = "A fitted model: its name, or the path of its artefact." };
    readonly Option<string?> result = new("--out")
    {
        Description =
            "Name of the edited model, or path of its artefact. Default: the model's own name where it is a rating table already.",
    };
    readonly Option<string?> factor = new("--factor") { Description = "The factor, or (base) for the base value." };
    readonly Option<string[]> levels = new("--levels")
    {
        Description = "Levels that --cap, --round or --smooth is about. Default: all of the factor.",
        AllowMultipleArgumentsPerToken = true,
    };
    readonly Option<string[]> set = new("--set")
    {
        Description = "LEVEL=RELATIVITY; a cell of two factors is LEVEL:LEVEL=RELATIVITY; with --factor (base) the value alone.",
        AllowMultipleArgumentsPerToken = true,
    };
    readonly Option<string?> cap = new("--cap") { Description = "LOW..HIGH; either may be left out." };
    readonly Option<int?> round = new("--round") { Description = "Decimals." };
    readonly Option<string[]> group = new("--group")
    {
        Description = "Levels that get their mean relativity, weighted by exposure.",
        AllowMultipleArgumentsPerToken = true,
    };
    readonly Option<double?> smooth = new("--smooth")
    {
        Description = "Strength, above 0: 1 is light, 100 leaves little but a line.",
    };
    readonly Option<int[]> off = new("--off")
    {
        Description = "Numbers of edits to switch off.",
        AllowMultipleArgumentsPerToken = true,
    };
    readonly Option<int[]> on = new("--on")
    {
        Description = "Numbers of edits to switch on again.",
        AllowMultipleArgumentsPerToken = true,
    };
    readonly Option<string?> why = new("--why") { Description = "Reason of the edit." };
    readonly Option<string?> by = new("--by") { Description = "Who edits. Default: the machine's user." };
    readonly Option<string?> data = new("--data")
    {
        Description = "Portfolio for exposure and figures: a table of data.yaml, or a file. Default: what the model was made on.",
    };

    protected override IEnumerable<Symbol> Symbols =>
        [model, result, factor, levels, set, cap, round, group, smooth, off, on, why, by, data];

    protected override async Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        var before = project.ReadModel(context.Get(model));
        var name = NameOf(context, before);
        List<RatingEdit> edits = [.. Switched(context, RatingEditing.EditsOf(before)), .. EditsOf(context)];
        if (edits.SequenceEqual(RatingEditing.EditsOf(before)))
            throw new HalleyException(
                "HLY7065",
                "there is nothing to do. Give --set, --cap, --round, --group or --smooth, or --on or --off with a number."
            );
        var source = context.Get(data) ?? project.DataOf(before);
        var started = context.Clock.GetTimestamp();
        var after = context.WithProgress(
            "edit",
            progress =>
                RatingEditing.Edit(
                    before,
                    ModelSaving.NameOf(name),
                    Artefact.HashOf(Artefact.ToBytes(before)),
                    edits,
                    project.ReadTable(source, context.Cancellation, progress.Part(0, 0.4)),
                    project.DeclaredSchema(source),
                    progress.Part(0.4, 1),
                    context.Cancellation
                )
        );
        var told = RatingEditing.EditsOf(after);
        var saved = await ModelSaving.SaveAsync(
            project,
            after,
            name,
            new(RunKind.Edit, source, context.Get(why) ?? "edits switched", context.Clock.GetElapsedTime(started)),
            context.Cancellation
        );
        var (old, now) = (PredictedOf(before), PredictedOf(after));
        var document = new
        {
            Model = after.Name,
            Saved = saved,
            Data = source,
            Simulated = project.IsSimulated(source),
            PredictedBefore = old,
            PredictedAfter = now,
            Edits = told,
        };
        context.Output.Write(document, console => Draw(console, told, saved, old, now));
        return ExitStatus.Passed;
    }

    static void Draw(IAnsiConsole console, IReadOnlyList<RatingEdit> edits, SavedImport saved, double? old, double? now)
    {
        for (var i = 0; i < edits.Count; i++)
            console.WriteLine(RatingEditText.Of(i + 1, edits[i]));
        if (old is { } was && now is { } becomes)
            console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"predicted on the learn rows: {was:G8} before, {becomes:G8} now ({becomes / was - 1:P2})"
                )
            );
        console.WriteLine($"written to {saved.Path}{(saved.Version is null ? "" : $", version {saved.Version}")}");
    }

    static double? PredictedOf(FittedModel model) => model.Metrics.FirstOrDefault(part => part.Part == DataPart.Learn)?.Predicted;

    string NameOf(CommandContext context, FittedModel before) =>
        context.Get(result)
        ?? (
            before.Spec.Learner is RatingLearner
                ? before.Name
                : throw new HalleyException(
                    "HLY7066",
                    $"'{before.Name}' is a fit, and the next fit would overwrite its edits. Give the edited table a name of its own with --out."
                )
        );

    IEnumerable<RatingEdit> Switched(CommandContext context, IReadOnlyList<RatingEdit> edits)
    {
        var (offs, ons) = (context.Get(off) ?? [], context.Get(on) ?? []);
        foreach (var number in offs.Concat(ons).Where(number => number < 1 || number > edits.Count))
            throw new HalleyException(
                "HLY7067",
                $"there is no edit {number}: the model has {edits.Count}. See 'halley rating show'."
            );
        return edits.Select((edit, i) => edit with { IsOff = offs.Contains(i + 1) || (edit.IsOff && !ons.Contains(i + 1)) });
    }

    IEnumerable<RatingEdit> EditsOf(CommandContext context)
    {
        foreach (var text in context.Get(set) ?? [])
        {
            var (level, value) = SetOf(text, context.Get(factor));
            yield return New(context, RatingEditKind.Set) with
            {
                Levels = level is null ? [] : [level],
                Value = value,
            };
        }
        if (context.Get(cap) is { } limits)
            yield return CapOf(New(context, RatingEditKind.Cap), limits);
        if (context.Get(group) is { Length: > 0 } grouped)
            yield return New(context, RatingEditKind.Group) with
            {
                Levels = grouped,
            };
        if (context.Get(smooth) is { } strength)
            yield return New(context, RatingEditKind.Smooth) with
            {
                Value = strength,
            };
        if (context.Get(round) is { } decimals)
            yield return New(context, RatingEditKind.Round) with
            {
                Value = decimals,
            };
    }

    RatingEdit New(CommandContext context, RatingEditKind kind) =>
        new()
        {
            Kind = kind,
            Factor =
                context.Get(factor) ?? throw new HalleyException("HLY7068", "an edit is of a factor. Name it with --factor."),
            Levels = context.Get(levels) ?? [],
            Author = context.Get(by) ?? Environment.UserName,
            Time = context.Clock.GetUtcNow(),
            Reason = context.Get(why) is { Length: > 0 } reason
                ? reason
                : throw new HalleyException("HLY7069", "an edit by hand has a reason. Give it with --why."),
            IsOff = false,
            Changes = [],
        };

    static (string? Level, double Value) SetOf(string text, string? factor)
    {
        // Levels such as >=60 hold the sign themselves: the last one counts.
        var at = factor == RatingTable.BaseFactor ? -1 : text.LastIndexOf('=');
        if ((at > 0 || factor == RatingTable.BaseFactor) && TryNumber(text[(at + 1)..], out var value))
            return (at < 0 ? null : text[..at], value);
        throw new HalleyException("HLY7070", $"--set {text}: write LEVEL=RELATIVITY, for example \"[25,60)=1.1\".");
    }

    static RatingEdit CapOf(RatingEdit edit, string limits)
    {
        var parts = limits.Split("..");
        if (parts.Length == 2 && parts.All(part => part.Length == 0 || TryNumber(part, out _)))
            return edit with { Minimum = OrNull(parts[0]), Maximum = OrNull(parts[1]) };
        throw new HalleyException("HLY7071", $"--cap {limits}: write LOW..HIGH, for example 0.5..2.");
    }

    static double? OrNull(string text) => TryNumber(text, out var value) ? value : null;

    static bool TryNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
