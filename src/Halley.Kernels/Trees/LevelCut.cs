namespace Halley.Kernels;

/// <summary>One level of a symmetric tree: all its nodes cut the same column at the same place.</summary>
/// <param name="Column">Whose cells are compared.</param>
/// <param name="Cut">Cells above go right.</param>
readonly record struct LevelCut(int Column, short Cut);
