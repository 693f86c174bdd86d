namespace Halley.Decisions;

sealed partial class DecisionCompiler
{
    List<CompiledOutput> CompileOutputs(Scope scope)
    {
        var compiled = new List<CompiledOutput>();
        foreach (var output in definition.Outputs)
        {
            var place = $"output '{output.Name}'";
            var value = scope.Compile(output.Value, place, KindOf(output.Kind));
            var instalments = output.Instalments is null
                ? null
                : scope.Compile(output.Instalments, $"{place}, instalments", FieldKind.Number);
            var leftOut = MaskOf(output.NotWith, place);
            if (value is { } slot)
                compiled.Add(new(output, slot, instalments, leftOut));
        }
        return compiled;
    }

    static FieldKind KindOf(OutputKind kind) =>
        kind switch
        {
            OutputKind.Category => FieldKind.Category,
            OutputKind.Boolean => FieldKind.Boolean,
            OutputKind.Date => FieldKind.Date,
            _ => FieldKind.Number,
        };
}
