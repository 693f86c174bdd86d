using System.CommandLine;
using Halley.Glm;
using Halley.Models;

namespace Halley.Cli;

/// <summary>Options and figures that the searches share.</summary>
static class SearchOptions
{
    public static Option<int> Folds() =>
        new("--folds") { Description = "Number of folds. Default 5.", DefaultValueFactory = _ => 5 };

    public static Option<string?> Key() =>
        new("--key") { Description = "Column of an id whose rows stay in one fold. Default: the key of the model's split." };

    public static FoldPlan PlanOf(int folds, string? key, ModelSpec spec) =>
        new()
        {
            Count = folds,
            Keys = key is null ? spec.Split?.Keys ?? [] : [key],
            Seed = spec.Seed,
        };

    /// <summary>A change, with its sign.</summary>
    public static string Change(double? value) => value > 0 ? $"+{Tables.Number(value)}" : Tables.Number(value);
}
