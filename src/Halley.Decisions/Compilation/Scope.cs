using Halley.Data.Expressions;

namespace Halley.Decisions;

/// <summary>The names that formulas can read so far, and the plan that they are compiled into.</summary>
sealed class Scope
{
    readonly DecisionDefinition definition;
    readonly Dictionary<string, LookupTable> tables;
    readonly ProblemList problems;
    readonly Func<string, double, double?> learnedQuantile;
    readonly HashSet<string> broken = new(StringComparer.Ordinal);

    /// <param name="learnedQuantile">A quantile of a field or step that a model knows from its learn rows; null for none.</param>
    public Scope(DecisionDefinition definition, ProblemList problems, Func<string, double, double?> learnedQuantile)
    {
        (this.definition, this.problems, this.learnedQuantile) = (definition, problems, learnedQuantile);
        tables = definition.Tables.DistinctBy(table => table.Name).ToDictionary(table => table.Name, StringComparer.Ordinal);
        foreach (var field in definition.Inputs.Fields)
        {
            // A text has no slot form; its slot keeps fields and slots in step, and has no name.
            var type = problems.Try(() => field.Kind == FieldKind.Text ? SlotType.Number : SlotType.Of(field), "inputs");
            var slot = Builder.Allocate(type ?? SlotType.Number);
            if (field.Kind != FieldKind.Text && type is not null)
                Slots.TryAdd(field.Name, slot);
        }
        Draw = Builder.Allocate(SlotType.Number);
    }

    public PlanBuilder Builder { get; } = new();

    public Dictionary<string, SlotRef> Slots { get; } = new(StringComparer.Ordinal);

    /// <summary>Slot of the random draw.</summary>
    public SlotRef Draw { get; }

    /// <summary>Marks names whose formula has a problem: what reads them is passed over without a further word.</summary>
    public void Break(IEnumerable<string> names) => broken.UnionWith(names);

    public bool IsBroken(string name) => broken.Contains(name);

    /// <summary>Whether there is a field, step or model value of that name, with or without a problem.</summary>
    public bool Knows(string name) => Slots.ContainsKey(name) || broken.Contains(name);

    /// <summary>The slot of a field, step, model value, or quantile of a usual range; null where there is none.</summary>
    public SlotRef? Find(string name)
    {
        if (Slots.TryGetValue(name, out var slot))
            return slot;
        if (UsualRange.ParseQuantileName(name) is not var (about, share))
            return null;
        return QuantileOf(about, share) is { } value ? Builder.Constant(TypeOf(about), value) : null;
    }

    /// <summary>A quantile declared in the definition, else one that a model learned.</summary>
    double? QuantileOf(string name, double share) =>
        definition.UsualRanges.FirstOrDefault(range => range.Name == name) is { Quantiles.Count: > 0 } range
            ? range.QuantileAt(share)
            : learnedQuantile(name, share);

    SlotType TypeOf(string name) =>
        Slots.TryGetValue(name, out var slot) && slot.Type.Kind == FieldKind.Date ? SlotType.Date : SlotType.Number;

    /// <summary>Parses a formula; null after noting a problem.</summary>
    public Expression? Parse(string text, string place) => problems.Try(() => Expression.Parse(text, place));

    /// <summary>Compiles a formula; null after noting a problem, or where it reads a name that has one.</summary>
    /// <param name="wanted">The kind that it must have; null for any.</param>
    public SlotRef? Compile(Expression? formula, string place, FieldKind? wanted = null)
    {
        if (formula is null || formula.Names.Any(broken.Contains) || ReadsText(formula, place))
            return null;
        var names = new Dictionary<string, SlotRef>(Slots, StringComparer.Ordinal);
        foreach (var name in formula.Names)
        {
            if (Find(name) is { } slot)
                names[name] = slot;
        }
        var compiled = problems.Try(SlotRef? () => formula.Compile(Builder, names, tables));
        if (compiled is { } result && wanted is { } kind && result.Type.Kind != kind)
        {
            problems.Add(
                DecisionCodes.Kind,
                $"{place}: the formula gives a {result.Type}; it must give a {kind.ToString().ToLowerInvariant()}."
            );
            return null;
        }
        return compiled;
    }

    /// <inheritdoc cref="Compile(Expression, string, FieldKind?)"/>
    public SlotRef? Compile(string text, string place, FieldKind? wanted = null) => Compile(Parse(text, place), place, wanted);

    /// <summary>Compiles a formula of the compiler's own over given slots.</summary>
    public SlotRef Emit(string text, params (string Name, SlotRef Slot)[] names) =>
        Expression.Parse(text).Compile(Builder, names.ToDictionary(entry => entry.Name, entry => entry.Slot));

    /// <summary>Compiles a sentence; null after noting a problem, or where it shows a name that has one.</summary>
    public SentenceTemplate? Sentence(string text, string place)
    {
        var cuts = SentenceTemplate.Cut(text, out var problem);
        if (cuts is null)
        {
            problems.Add(DecisionCodes.Reason, $"{place}: {problem}.");
            return null;
        }
        var names = cuts.Select(cut => cut.Name).OfType<string>().ToArray();
        if (names.Any(broken.Contains))
            return null;
        var unknown = names.Where(name => Find(name) is null).ToArray();
        foreach (var name in unknown)
            problems.Add(
                DecisionCodes.Reason,
                $"{place}: there is no field, step or quantile '{name}' for its place in the sentence."
            );
        return unknown.Length == 0 ? SentenceTemplate.Of(cuts, name => Find(name)!.Value) : null;
    }

    bool ReadsText(Expression formula, string place)
    {
        var text = formula.Names.FirstOrDefault(name => definition.Inputs.Find(name)?.Kind == FieldKind.Text);
        if (text is not null)
            problems.Add(
                DecisionCodes.Kind,
                $"{place}: field '{text}' is text, which formulas can't read. Declare it a category with its levels."
            );
        return text is not null;
    }
}
