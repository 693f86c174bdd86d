using System.CommandLine;
using System.Globalization;
using Halley.Models;
using Spectre.Console;

namespace Halley.Cli;

/// <summary><c>halley rating show MODEL</c></summary>
sealed class RatingShowVerb()
    : Verb("show", "The rating table of a model: every level with relativity, interval and exposure, and its edits.")
{
    readonly Argument<string> model = new("model") { Description = "A fitted model: its name, or the path of its artefact." };
    readonly Option<string[]> factor = new("--factor")
    {
        Description = "Only these factors.",
        AllowMultipleArgumentsPerToken = true,
    };

    protected override IEnumerable<Symbol> Symbols => [model, factor];

    protected override Task<int> RunAsync(CommandContext context)
    {
        var view = RatingView.Of(context.OpenProject().ReadModel(context.Get(model)));
        if (context.Get(factor) is { Length: > 0 } wanted)
            view = Only(view, wanted);
        context.Output.Write(view, console => Draw(console, view));
        return Task.FromResult(ExitStatus.Passed);
    }

    static RatingView Only(RatingView view, string[] wanted)
    {
        var names = view.Factors.Concat(view.Numbers).Select(factor => factor.Factor).ToList();
        if (wanted.FirstOrDefault(name => !names.Contains(name)) is { } unknown)
            throw new Data.HalleyException(
                "HLY7061",
                $"--factor {unknown}: the table of '{view.Model}' has {string.Join(", ", names)}.{Data.NearestText.Hint(unknown, [.. names])}"
            );
        return view with
        {
            Factors = [.. view.Factors.Where(factor => wanted.Contains(factor.Factor))],
            Numbers = [.. view.Numbers.Where(factor => wanted.Contains(factor.Factor))],
        };
    }

    static void Draw(IAnsiConsole console, RatingView view)
    {
        if (view.Base is { } value)
            console.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{view.Model}: base value {value:G8} for a year at risk")
            );
        foreach (var factor in view.Factors)
            console.Write(Draw(factor));
        if (view.Numbers.Count > 0)
            console.WriteLine("terms of numbers, which have no table; fit bands in their place to have one:");
        foreach (var factor in view.Numbers)
            console.Write(Draw(factor));
        for (var i = 0; i < view.Edits.Count; i++)
            console.WriteLine(RatingEditText.Of(i + 1, view.Edits[i]));
    }

    static Table Draw(RatingViewFactor factor)
    {
        var drawn = Tables.New(factor.Factor, "relativity", "interval", "exposure", "share");
        var total = factor.Levels.Sum(level => level.Exposure ?? 0);
        foreach (var level in factor.Levels)
            drawn.AddPlainRow(
                level.Level,
                level.Relativity.ToString("F4", CultureInfo.InvariantCulture),
                level.IsBase ? "base"
                    : level.Lower is null ? "–"
                    : string.Create(CultureInfo.InvariantCulture, $"{level.Lower:F4} to {level.Upper:F4}"),
                level.Exposure is null ? "–" : level.Exposure.Value.ToString("N1", CultureInfo.InvariantCulture),
                level.Exposure is null || total == 0
                    ? "–"
                    : (level.Exposure.Value / total).ToString("P1", CultureInfo.InvariantCulture)
            );
        return drawn;
    }
}
