using Halley.Data;

namespace Halley.Server;

/// <summary>One output of a model.</summary>
/// <param name="Slot">Slot of the model's plan that holds it.</param>
/// <param name="Levels">Classes, where it is one of them; null for numbers.</param>
sealed record ServedOutput(string Name, int Slot, LevelList? Levels)
{
    public string Datatype => Levels is null ? Datatypes.Double : Datatypes.Bytes;
}
