using Halley.Data.Expressions;

namespace Halley.Decisions;

sealed partial class DecisionCompiler
{
    readonly List<EmbeddedSlots> embedded = [];

    /// <summary>By alias: the model, and the slots that it reads by its own names.</summary>
    readonly Dictionary<string, (IDecisionModel Model, Dictionary<string, SlotRef> Inputs, EmittedModel Slots)> modelUses = new(
        StringComparer.Ordinal
    );

    /// <summary>Names of the decision that are fields of models, whose learn rows tell what is usual.</summary>
    readonly List<(string Name, IDecisionModel Model, string Input)> learned = [];

    double? LearnedQuantile(string name, double share)
    {
        // Without the models nothing can be looked up; any number will do for the checks that are left.
        if (models is null)
            return 0;
        return learned
            .Where(field => field.Name == name)
            .Select(field => field.Model.QuantileOf(field.Input, share))
            .FirstOrDefault(value => value is not null);
    }

    void NoteLearned(IDecisionModel model, Dictionary<string, Expression?> formulas)
    {
        foreach (var input in model.InputNames)
        {
            if (!formulas.TryGetValue(input, out var formula))
                learned.Add((input, model, input));
            else if (formula is { Names: [var only] } && formula.Text.Trim().Trim('`') == only)
                learned.Add((only, model, input));
        }
    }

    PlanNode ModelNode(ModelUse use)
    {
        var place = $"model '{use.Alias}' ({use.Reference})";
        var model = models is null ? null : problems.Try(() => models(use.Reference), place);
        if (model is null && models is not null)
            problems.Add(DecisionCodes.Model, $"{place}: there is no such model. Fit or import it, or correct the reference.");
        var formulas = use.Inputs.ToDictionary(
            entry => entry.Key,
            entry => problems.Try(() => Expression.Parse(entry.Value, $"{place}, input '{entry.Key}'"))
        );
        if (model is not null)
            NoteLearned(model, formulas);
        var own = model?.InputNames.Where(name => !use.Inputs.ContainsKey(name)) ?? [];
        return new(
            use.Alias,
            place,
            [use.Alias, $"{use.Alias}.score", .. OutputsOf(use, model).Select(name => $"{use.Alias}.{name}")],
            [.. own.Concat(NamesOf([.. formulas.Values])).Distinct(StringComparer.Ordinal)],
            scope => EmitModel(scope, use, model, formulas, place)
        )
        {
            IsModel = true,
        };
    }

    bool EmitModel(Scope scope, ModelUse use, IDecisionModel? model, Dictionary<string, Expression?> formulas, string place)
    {
        var slots = model is null ? Unknown(scope, use) : EmitKnown(scope, use, model, formulas, place);
        if (slots is not { } known)
            return false;
        Provide(scope, $"{use.Alias}.score", known.Raw, place);
        Provide(scope, use.Alias, known.Prediction, place);
        var outputs = OutputsOf(use, model);
        for (var output = 0; output < outputs.Count; output++)
            Provide(scope, $"{use.Alias}.{outputs[output]}", known.Outputs[output], place);
        embedded.Add(new(place, known.Raw, known.Prediction));
        return true;
    }

    /// <summary>Stands for a model that is not at hand, so that what reads it can be checked: what formulas compare with texts is a class.</summary>
    EmittedModel? Unknown(Scope scope, ModelUse use)
    {
        var classes = Formulas().SelectMany(text => TextsBeside(use.Alias, text)).Distinct(StringComparer.Ordinal).ToList();
        return new(
            scope.Builder.Allocate(SlotType.Number),
            scope.Builder.Allocate(classes.Count == 0 ? SlotType.Number : SlotType.Category(new(classes))),
            [.. OutputsOf(use, null).Select(_ => scope.Builder.Allocate(SlotType.Number))]
        );
    }

    /// <summary>What a model tells beside its prediction; where it is not at hand, whatever formulas ask of it.</summary>
    IReadOnlyList<string> OutputsOf(ModelUse use, IDecisionModel? model) =>
        model?.OutputNames
        ??
        [
            .. Formulas()
                .SelectMany(NamesIn)
                .Where(name => name.StartsWith(use.Alias + ".", StringComparison.Ordinal))
                .Select(name => name[(use.Alias.Length + 1)..])
                .Where(name => name != "score")
                .Distinct(StringComparer.Ordinal),
        ];

    IEnumerable<string> Formulas() =>
        definition
            .Steps.SelectMany(step => new[] { step.Expression, step.Floor, step.Cap }.OfType<string>())
            .Concat(definition.Outputs.Select(output => output.Value))
            .Concat(definition.Eligibility.Select(rule => rule.When))
            .Concat(definition.Models.SelectMany(other => other.Inputs.Values));

    /// <summary>None where the text is no formula, which is told elsewhere.</summary>
    static IReadOnlyList<string> TextsBeside(string name, string formula)
    {
        try
        {
            return Expression.Parse(formula).TextsBeside(name);
        }
        catch (HalleyException)
        {
            return [];
        }
    }

    EmittedModel? EmitKnown(
        Scope scope,
        ModelUse use,
        IDecisionModel model,
        Dictionary<string, Expression?> formulas,
        string place
    )
    {
        var inputs = new Dictionary<string, SlotRef>(StringComparer.Ordinal);
        var good = true;
        foreach (var (name, formula) in formulas)
        {
            if (!model.InputNames.Contains(name))
                problems.Add(
                    DecisionCodes.Model,
                    $"{place}: it reads no field '{name}'. It reads: {string.Join(", ", model.InputNames)}."
                );
            else if (scope.Compile(formula, $"{place}, input '{name}'") is { } slot)
                inputs.Add(name, slot);
            else
                good = false;
        }
        foreach (var name in model.InputNames.Where(name => !formulas.ContainsKey(name)))
        {
            if (scope.Find(name) is { } slot)
                inputs.Add(name, slot);
            else
                good = NoteLacking(scope, name, place);
        }
        if (!good)
            return null;
        var slots = problems.Try(EmittedModel? () => model.Emit(scope.Builder, inputs), place);
        if (slots is { } emitted)
            modelUses.TryAdd(use.Alias, (model, inputs, emitted));
        return slots;
    }

    bool NoteLacking(Scope scope, string name, string place)
    {
        if (!scope.IsBroken(name))
            problems.Add(
                DecisionCodes.Model,
                $"{place}: it needs field '{name}', which is neither an input nor a step. Add it, or give it a formula under the model's inputs."
            );
        return false;
    }
}
