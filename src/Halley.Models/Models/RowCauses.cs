using System.Globalization;
using Halley.Data.Expressions;

namespace Halley.Models;

/// <summary>Why a model has no prediction for rows of a table: fields, values, and the rule that helps.</summary>
static class RowCauses
{
    /// <summary>Looks for levels that the model has not learned and whose rule is to reject, in all columns before any row is scored.</summary>
    /// <param name="sourceRows">Row of the data that each row is, shape (n); null where the table is the data.</param>
    /// <exception cref="HalleyException">HLY1207: there are such levels; every field is told, with its first row.</exception>
    public static void RefuseUnseen(FittedModel model, Table table, IReadOnlyList<int>? sourceRows)
    {
        var (problems, rules) = (new List<string>(), new List<string>());
        foreach (var (layer, input) in InputsOf(model))
        {
            if (input.Levels is null || table.Find(input.Name) is not CategoricalColumn column || !Rejects(layer, input.Name))
                continue;
            var codes = column.Levels.MapTo(input.Levels);
            var rows = Enumerable
                .Range(0, table.RowCount)
                .Where(row => column.Codes[row] is >= 0 and var code && codes[code] < 0);
            var (first, count) = (rows.FirstOrDefault(-1), rows.Count());
            if (first < 0)
                continue;
            problems.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"field '{input.Name}': {count} {(count == 1 ? "row has a level" : "rows have levels")} that the model has not learned, first row {(sourceRows?[first] ?? first) + 1} of the data: '{column.TextAt(first)}'"
                )
            );
            rules.Add(Rule(layer, input.Name, "unseen"));
        }
        if (problems.Count > 0)
            throw new HalleyException(
                "HLY1207",
                $"model '{model.Name}': {string.Join("; ", problems)}. Correct the rows, or say in the model's file what such levels count as: {Rules(rules)}."
            );
    }

    /// <summary>A sentence or two on the row: the fields that are missing to the model, each with its value, and the remedy.</summary>
    public static string OfNoPrediction(FittedModel model, Table table, int row)
    {
        var (problems, rules) = (new List<string>(), new List<string>());
        foreach (
            var (layer, name) in Layers(model)
                .SelectMany(layer => MissingInputs(layer, table.Take([row])).Select(name => (layer, name)))
        )
        {
            var text = table.Find(name)?.TextAt(row);
            problems.Add(
                text is null
                    ? $"field '{name}' is missing, and the model has learned nothing of its missing values"
                    : $"field '{name}' is '{text}', which counts as missing, and the model has learned nothing of its missing values"
            );
            rules.Add(Rule(layer, name, text is null ? "missing" : "unseen"));
        }
        return problems.Count == 0
            ? "A value that the model needs is out of its range there; correct the row, or give the spec a rule for missing values."
            : $"There {string.Join("; ", problems)}. Correct the row, or say in the model's file what counts there: {Rules(rules)}.";
    }

    /// <summary>Inputs of the scorer that have no value in a table's only row, of those that always had one when the model was fitted.</summary>
    static List<string> MissingInputs(FittedModel model, Table row)
    {
        var builder = new PlanBuilder();
        var scope = new Dictionary<string, SlotRef>(StringComparer.Ordinal);
        var names = model.ScoreInputs.Fields.Select(field => field.Name).Where(row.Has);
        var inputs = TableInputs.Bind(builder, row, names, scope);
        var slots = model.EmitScorerInputs(builder, scope);
        var missing = new bool[slots.Length];
        inputs.Run(
            builder.Build(),
            1,
            block =>
            {
                for (var i = 0; i < slots.Length; i++)
                    missing[i] = double.IsNaN(block[slots[i]][0]);
            },
            threads: 1
        );
        return
        [
            .. model
                .Scorer.Inputs.Where((input, i) => missing[i] && model.ProfileOf(input.Name) is null or { MissingShare: 0 })
                .Select(input => input.Name),
        ];
    }

    /// <summary>The model and those that it stands on, from the top.</summary>
    static IEnumerable<FittedModel> Layers(FittedModel model)
    {
        for (var layer = model; layer is not null; layer = layer.OffsetModel)
            yield return layer;
    }

    static IEnumerable<(FittedModel Layer, ScorerInput Input)> InputsOf(FittedModel model) =>
        Layers(model).SelectMany(layer => layer.Scorer.Inputs.Select(input => (layer, input)));

    static bool Rejects(FittedModel model, string name) =>
        (ModelInputs.RuleOf(model.Spec, name)?.WhenUnseen ?? model.Spec.Learner.DefaultWhenUnseen).Action == ValueAction.Reject;

    /// <summary><c>region: { unseen: "North" }</c>, with the typical value of the learn rows.</summary>
    static string Rule(FittedModel model, string name, string kind) => $"{Quoted(name)}: {{ {kind}: {TypicalOf(model, name)} }}";

    static string Rules(List<string> rules) => $"rules: {{ {string.Join(", ", rules)} }}";

    static string TypicalOf(FittedModel model, string name)
    {
        var levels = model.Header.Inputs.Find(name)?.Levels;
        return (model.ProfileOf(name)?.Typical, levels) switch
        {
            (null, _) => "VALUE",
            ({ } code, { } known) => Quoted(known[(int)code]),
            ({ } value, _) when model.ProfileOf(name)!.Kind == FieldKind.Boolean => value == 1 ? "true" : "false",
            ({ } value, _) => value.ToString("R", CultureInfo.InvariantCulture),
        };
    }

    static string Quoted(string text) =>
        text.Length > 0 && char.IsAsciiLetter(text[0]) && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_')
            ? text
            : $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
