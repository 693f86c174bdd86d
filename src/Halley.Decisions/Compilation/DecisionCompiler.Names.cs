namespace Halley.Decisions;

sealed partial class DecisionCompiler
{
    static readonly string[] ReservedNames = ["and", "or", "not", "in", "true", "false", "missing"];

    /// <summary>Columns that a batch's answers have besides the outputs.</summary>
    static readonly string[] AnswerColumns = ["action", "reasons", "answered_by", "problems", "check_drawn", "check_probability"];

    void CheckNames()
    {
        if (!IsAddressName(definition.Name))
            problems.Add(
                DecisionCodes.Name,
                $"name '{definition.Name}': a decision's name is part of its address; use small letters, digits and '-', for example motor-quote."
            );
        var taken = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in definition.Inputs.Fields)
            taken.TryAdd(field.Name, $"input '{field.Name}'");
        foreach (var model in definition.Models)
            Take(taken, model.Alias, $"model '{model.Alias}'");
        foreach (var step in definition.Steps)
            Take(taken, step.Name, $"step '{step.Name}'");
        foreach (var lane in definition.Triage?.Lanes ?? [])
            Take(taken, lane.Name, $"lane '{lane.Name}'");
        CheckDistinct("table", definition.Tables.Select(table => table.Name));
        CheckDistinct("eligibility rule", definition.Eligibility.Select(rule => rule.Name));
        CheckDistinct("usual range", definition.UsualRanges.Select(range => range.Name));
        CheckDistinct("reason", definition.Reasons.Select(reason => reason.Name));
        CheckDistinct("output", definition.Outputs.SelectMany(NamesOf));
        CheckDistinct("action", definition.Actions);
        foreach (var name in definition.Outputs.SelectMany(NamesOf).Intersect(AnswerColumns))
            problems.Add(
                DecisionCodes.Name,
                $"output '{name}': every answer has a part of that name already. Rename the output."
            );
    }

    static IEnumerable<string> NamesOf(DecisionOutput output) =>
        output.Instalments is null ? [output.Name] : [output.Name, DecisionPlan.InstalmentsName(output.Name)];

    void Take(Dictionary<string, string> taken, string name, string place)
    {
        if (!IsPlainName(name))
            problems.Add(
                DecisionCodes.Name,
                $"{place}: a name begins with a letter or '_', goes on with letters, digits and '_', and is none of {string.Join(", ", ReservedNames)}."
            );
        else if (!taken.TryAdd(name, place))
            problems.Add(DecisionCodes.Name, $"{place}: the name is taken by {taken[name]}. Rename one of them.");
    }

    void CheckDistinct(string what, IEnumerable<string> names)
    {
        foreach (var group in names.GroupBy(name => name, StringComparer.Ordinal))
        {
            if (group.Key.Length == 0)
                problems.Add(DecisionCodes.Name, $"{what}: a name is empty.");
            else if (group.Count() > 1)
                problems.Add(
                    DecisionCodes.Name,
                    $"{what} '{group.Key}' is there {group.Count()} times. Rename or remove all but one."
                );
        }
    }

    static bool IsAddressName(string name) =>
        name.Length is > 0 and <= 100 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    static bool IsPlainName(string name) =>
        name.Length > 0
        && (char.IsLetter(name[0]) || name[0] == '_')
        && name.All(c => char.IsLetterOrDigit(c) || c == '_')
        && !ReservedNames.Contains(name);
}
