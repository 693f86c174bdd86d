using Halley.Data;
using Halley.Decisions;
using Halley.Optimization;
using Halley.Registry;

namespace Halley.Cli;

/// <summary>Menus of a portfolio from a decision: every row decided at every price.</summary>
/// <remarks>The price step's formula is multiplied before its floor and cap, so the decision's own bounds hold at every price.</remarks>
static class DecisionMenus
{
    /// <summary>The rows that get a price at every option, their curves, and how many rows got none.</summary>
    /// <exception cref="HalleyException">HLY7087: the decision has no such step or output.</exception>
    public static async Task<(Table Rows, PortfolioCurves Curves, int LeftOut)> OfAsync(
        Project project,
        LocalStore store,
        PortfolioSpec spec,
        Table table,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        var menu = spec.Decision!;
        var definition = (await Plans.OfAsync(project, store, menu.Name, null, cancellation)).Definition;
        Check(definition, menu);
        var models = await Releasing.ModelsAsync(store, definition, null, cancellation);
        var rows = RowIds.AddTo(table, definition);
        var answers = new List<Table>();
        for (var option = 0; option < spec.Prices; option++)
        {
            var factor = 1 + spec.From + (spec.To - spec.From) * option / (spec.Prices - 1);
            var engine = new DecisionEngine(DecisionPlan.Compile(Multiplied(definition, menu.Step, factor), models));
            var decided = engine.Decide(
                rows,
                new() { Reasons = false, Progress = progress.Part(option / (double)spec.Prices, (option + 1.0) / spec.Prices) },
                cancellation
            );
            answers.Add(decided.Answers);
        }
        var (price, chance, profit) = (Each(menu.Price), Each(menu.Chance), Each(menu.Profit));
        int[] priced =
        [
            .. Enumerable
                .Range(0, table.RowCount)
                .Where(row =>
                    Enumerable
                        .Range(0, spec.Prices)
                        .All(k => price[k][row] > 0 && chance[k][row] is > 0 and < 1 && double.IsFinite(profit[k][row]))
                ),
        ];
        if (priced.Length == 0)
            throw new HalleyException(
                "HLY7084",
                $"decision '{menu.Name}' gives no row of '{spec.Portfolio}' a price with its chance and profit. Look at its answers with 'halley batch'."
            );
        // The option nearest to no change.
        var start = (int)Math.Clamp(Math.Round(-spec.From / (spec.To - spec.From) * (spec.Prices - 1)), 0, spec.Prices - 1);
        return (table.Take(priced), new(At(price), At(chance), At(profit), start), table.RowCount - priced.Length);

        double[][] Each(string output) => [.. answers.Select(answer => answer.Numeric(output).Values.ToArray())];

        double[][] At(double[][] values) => [.. values.Select(one => priced.Select(row => one[row]).ToArray())];
    }

    static DecisionDefinition Multiplied(DecisionDefinition definition, string name, double factor) =>
        definition with
        {
            Steps =
            [
                .. definition.Steps.Select(step =>
                    step.Name == name
                        ? step with
                        {
                            Expression = FormattableString.Invariant($"({step.Expression}) * {factor:0.0#########}"),
                        }
                        : step
                ),
            ],
        };

    static void Check(DecisionDefinition definition, DecisionMenu menu)
    {
        if (definition.Steps.All(step => step.Name != menu.Step))
            throw new HalleyException(
                "HLY7087",
                $"decision '{definition.Name}' has no step '{menu.Step}'. Steps: {string.Join(", ", definition.Steps.Select(step => step.Name))}. Name the one that makes the price under 'decision: step'."
            );
        foreach (var output in new[] { menu.Price, menu.Chance, menu.Profit })
        {
            if (definition.Outputs.All(one => one.Name != output))
                throw new HalleyException(
                    "HLY7087",
                    $"decision '{definition.Name}' has no output '{output}'. Outputs: {string.Join(", ", definition.Outputs.Select(one => one.Name))}. Name it under 'decision'."
                );
        }
    }
}
